/* The plainest fast program for the same question: two sorted arrays in memory, one thread, ids and counts only, no evidence.
   plain VISITS.bin INDEX.csv; prints one line of JSON, times in milliseconds. */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct { int32_t person, place, enter, leave; } visit;
typedef struct { int32_t enter, leave, who; } stay;

static stay *by_person, *by_place;
static int32_t *person_start, *place_start, *longest, *stamp, *ring1, *ring2, now_stamp;
static const int least = 900;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1e3 + t.tv_nsec / 1e6; }

static int by_enter(const void *a, const void *b) {
    const stay *x = a, *y = b;
    return x->enter != y->enter ? (x->enter < y->enter ? -1 : 1) : (x->who > y->who) - (x->who < y->who);
}

static stay *sorted(const visit *v, int64_t n, int keys, int of_place, int32_t **starts) {
    stay *out = malloc(sizeof(stay) * n);
    int32_t *start = calloc(keys + 1, 4);
    for (int64_t i = 0; i < n; i++) start[(of_place ? v[i].place : v[i].person) + 1]++;
    for (int k = 0; k < keys; k++) start[k + 1] += start[k];
    int32_t *next = malloc(4 * (int64_t)keys);
    memcpy(next, start, 4 * (int64_t)keys);
    for (int64_t i = 0; i < n; i++)
        out[next[of_place ? v[i].place : v[i].person]++] = (stay){ v[i].enter, v[i].leave, of_place ? v[i].person : v[i].place };
    for (int k = 0; k < keys; k++) qsort(out + start[k], start[k + 1] - start[k], sizeof(stay), by_enter);
    free(next);
    *starts = start;
    return out;
}

static int64_t episodes;

/* Adds everyone whom the person met to the list, once. */
static int follow(int32_t who, int32_t from, int32_t to, int32_t *list, int found) {
    for (int32_t s = person_start[who]; s < person_start[who + 1]; s++) {
        int32_t place = by_person[s].who;
        int32_t a = by_person[s].enter > from ? by_person[s].enter : from, b = by_person[s].leave < to ? by_person[s].leave : to;
        if (b - a < least) continue;
        int32_t low = place_start[place], high = place_start[place + 1], first = a + least - longest[place];
        while (low < high) { int32_t m = low + (high - low) / 2; if (by_place[m].enter < first) low = m + 1; else high = m; }
        for (; low < place_start[place + 1] && by_place[low].enter <= b - least; low++) {
            stay o = by_place[low];
            int32_t begin = o.enter > a ? o.enter : a, end = o.leave < b ? o.leave : b;
            if (end - begin < least || o.who == who) continue;
            episodes++;
            if (stamp[o.who] == now_stamp) continue;
            stamp[o.who] = now_stamp;
            list[found++] = o.who;
        }
    }
    return found;
}

static int compare(const void *a, const void *b) { double x = *(double *)a, y = *(double *)b; return (x > y) - (x < y); }

int main(int argc, char **argv) {
    FILE *f = fopen(argv[1], "rb");
    fseek(f, 0, SEEK_END);
    int64_t n = ftell(f) / sizeof(visit);
    rewind(f);
    visit *v = malloc(sizeof(visit) * n);
    double t = now();
    if (fread(v, sizeof(visit), n, f) != (size_t)n) return 1;
    int persons = 0, places = 0;
    for (int64_t i = 0; i < n; i++) {
        if (v[i].person >= persons) persons = v[i].person + 1;
        if (v[i].place >= places) places = v[i].place + 1;
    }
    longest = calloc(places, 4);
    for (int64_t i = 0; i < n; i++) if (v[i].leave - v[i].enter > longest[v[i].place]) longest[v[i].place] = v[i].leave - v[i].enter;
    by_person = sorted(v, n, persons, 0, &person_start);
    by_place = sorted(v, n, places, 1, &place_start);
    free(v);
    double load = now() - t;
    stamp = calloc(persons, 4);
    ring1 = malloc(4 * (int64_t)persons);
    ring2 = malloc(4 * (int64_t)persons);
    static int32_t who[100000], from[100000], to[100000];
    int count = 0;
    FILE *x = fopen(argv[2], "r");
    char line[200];
    while (fgets(line, sizeof line, x)) if (sscanf(line, "%d,%d,%d", who + count, from + count, to + count) == 3) count++;
    static double one[100000], two[100000];
    int64_t contacts = 0, second = 0, first_episodes = 0;
    /* As everywhere here: a query's time is the least of five rounds, because other programs only ever add. */
    int few = count < 100 ? count : 100;
    for (int i = 0; i < count; i++) one[i] = two[i] = 1e9;
    for (int round = 0; round < 5; round++) {
        contacts = episodes = second = 0;
        for (int i = 0; i < count; i++) {
            t = now();
            stamp[who[i]] = ++now_stamp;
            contacts += follow(who[i], from[i], to[i], ring1, 0);
            if (now() - t < one[i]) one[i] = now() - t;
        }
        first_episodes = episodes;
        for (int i = 0; i < few; i++) {
            t = now();
            stamp[who[i]] = ++now_stamp;
            int k = follow(who[i], from[i], to[i], ring1, 0), m = 0;
            for (int c = 0; c < k; c++) m = follow(ring1[c], from[i], to[i], ring2, m);
            second += m;
            if (now() - t < two[i]) two[i] = now() - t;
        }
    }
    double batch = 0, all = 0;
    for (int i = 0; i < count; i++) batch += one[i];
    for (int i = 0; i < few; i++) all += two[i];
    qsort(one, count, sizeof *one, compare);
    qsort(two, few, sizeof *two, compare);
    printf("{\"ring1\":%ld,\"episodes1\":%ld,\"ring2\":%ld,\"load\":%.0f,\"batch1000\":%.3f,\"ring1Median\":%.4f,\"ring2Median\":%.3f,\"ring2Total\":%.1f}\n",
        (long)contacts, (long)first_episodes, (long)second, load, batch, one[count / 2], two[few / 2], all);
}
