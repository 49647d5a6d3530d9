using System.Globalization;
using Qipan.Contracts;
using Qipan.Storage;

namespace Qipan.KillLoop;

/// <summary>Compares the store with what the devices know; both ways, row by row.</summary>
sealed class Checks(Ledger ledger, int persons, int roster)
{
    public IEnumerable<string> Of(Store store, Action<string> print) => store.Read(session =>
    {
        var kept = session.Query<FactRow>("SELECT id, kind, verdict, submission FROM fact");
        print(string.Create(CultureInfo.InvariantCulture, $"store: {kept.Count:N0} facts, {Count(session, "submission"):N0} batches, {Count(session, "tube"):N0} tubes, "
            + $"{Count(session, "registration"):N0} registrations, {Count(session, "box"):N0} boxes, {Count(session, "custody"):N0} hand-overs, {Count(session, "trail"):N0} acts in the trail"));
        return Facts(kept).Concat(Batches(session)).Concat(Things(session)).Concat(Persons(session)).Concat(Duties(session)).ToList();
    });

    IEnumerable<string> Facts(List<FactRow> kept)
    {
        var there = kept.ToDictionary(f => f.Id);
        foreach (var (id, fact) in ledger.Acknowledged)
        {
            if (!there.Remove(id, out var row))
                yield return $"{fact.Kind} {id:N}: was acknowledged and is lost";
            else if (row.Kind != fact.Kind || row.Verdict != 1)
                yield return $"{fact.Kind} {id:N}: is kept as {row.Kind} with verdict {row.Verdict}";
        }
        foreach (var row in there.Values)
            yield return $"{row.Kind} {row.Id:N}: is kept and was never acknowledged";
    }

    IEnumerable<string> Batches(Session session)
    {
        var kept = session.Query<BatchRow>("SELECT id, row_count FROM submission").ToDictionary(b => b.Id, b => b.RowCount);
        foreach (var (id, count) in ledger.Batches)
        {
            if (!kept.Remove(id, out var rows))
                yield return $"batch {id:N}: was acknowledged and is lost";
            else if (rows != count)
                yield return $"batch {id:N}: {count} facts were sent, {rows} are kept";
        }
        foreach (var (id, rows) in kept)
            if (!ledger.InDoubt.TryGetValue(id, out var count) || count != rows)
                yield return $"batch {id:N}: {rows} facts of it are kept, {count} were tried";
        var acts = session.Query<string>("SELECT subject_id FROM trail WHERE action = 'accept_batch'").CountBy(id => id).ToDictionary();
        foreach (var id in session.Query<Guid>("SELECT id FROM submission"))
            if (acts.GetValueOrDefault(id.ToString("N")) is not 1 and var times)
                yield return $"batch {id:N}: stands {times} times in the trail";
    }

    IEnumerable<string> Things(Session session)
    {
        foreach (var wrong in Same<TubeOpened>(session, "tube").Concat(Same<SampleRegistered>(session, "registration")).Concat(Same<BoxOpened>(session, "box")))
            yield return wrong;
        var inTube = ledger.Acknowledged.Values.OfType<SampleRegistered>().GroupBy(r => r.Tube).ToDictionary(g => g.Key, g => g.Count());
        foreach (var tube in session.Query<TubeRow>("SELECT t.id, t.count, t.conflict, (SELECT count(*) FROM registration r WHERE r.owner = t.owner AND r.tube = t.id) AS members FROM tube t"))
            if (inTube.GetValueOrDefault(tube.Id) is var sent && (tube.Count != sent || tube.Members != sent || tube.Conflict != 0))
                yield return $"tube {tube.Id:N}: {sent} persons were sent, it counts {tube.Count} and holds {tube.Members}, conflict {tube.Conflict}";
        var boxed = ledger.Acknowledged.Values.OfType<TubeBoxed>().ToDictionary(b => b.Tube, b => b.Box);
        foreach (var row in session.Query<Boxing>("SELECT id, box FROM tube WHERE box IS NOT NULL"))
            if (!boxed.Remove(row.Id, out var box) || box != row.Box)
                yield return $"tube {row.Id:N}: is kept in the box {row.Box:N}, and went into {box:N}";
        foreach (var tube in boxed.Keys)
            yield return $"tube {tube:N}: went into a box and is in none";
        var hands = ledger.Acknowledged.Values.OfType<BoxHandedOver>().Count();
        if (Count(session, "custody") != hands)
            yield return $"{hands} hand-overs were sent, {Count(session, "custody")} are kept";
        if (session.Scalar<long>("SELECT count(*) FROM discrepancy WHERE state = 0") is > 0 and var open)
            yield return $"{open} discrepancies are open, and the devices did nothing wrong";
    }

    IEnumerable<string> Same<T>(Session session, string table)
        where T : WireFact
    {
        var kept = session.Query<Guid>($"SELECT id FROM {table}").ToHashSet();
        foreach (var fact in ledger.Acknowledged.Values.OfType<T>())
            if (!kept.Remove(fact.Id))
                yield return $"{table} {fact.Id:N}: was acknowledged and is lost";
        foreach (var id in kept)
            yield return $"{table} {id:N}: nobody sent it";
    }

    IEnumerable<string> Persons(Session session)
    {
        if (session.Scalar<long>("SELECT count(DISTINCT person) FROM registration") is var sampled && sampled != persons)
            yield return $"{persons} persons came, {sampled} are registered";
        var unknown = Math.Max(0, persons - roster);
        if (session.Scalar<long>("SELECT count(*) FROM person") is var kept && kept != roster + unknown)
            yield return $"{roster} persons are on the roster and {unknown} unknown ones came; the register has {kept}";
    }

    IEnumerable<string> Duties(Session session)
    {
        var opened = session.Query<DutyRow>("SELECT kind, count(*) AS many FROM duty WHERE state = 0 GROUP BY kind").ToDictionary(d => d.Kind, d => d.Many);
        (long Kind, string Name, long Should)[] should =
        [
            (1, "test in the round", roster),
            (2, "result a tube", ledger.Acknowledged.Values.OfType<TubeSealed>().Count()),
            (3, "receive a box", ledger.Acknowledged.Values.OfType<BoxHandedOver>().Count()),
        ];
        foreach (var (kind, name, many) in should)
            if (opened.GetValueOrDefault(kind) != many)
                yield return $"duties to {name}: {many} should be open, {opened.GetValueOrDefault(kind)} are";
    }

    static long Count(Session session, string table) => session.Scalar<long>($"SELECT count(*) FROM {table}");

    sealed class FactRow
    {
        public Guid Id { get; init; }

        public string Kind { get; init; } = "";

        public long Verdict { get; init; }
    }

    sealed class BatchRow
    {
        public Guid Id { get; init; }

        public int RowCount { get; init; }
    }

    sealed class TubeRow
    {
        public Guid Id { get; init; }

        public long Count { get; init; }

        public long Members { get; init; }

        public long Conflict { get; init; }
    }

    sealed class Boxing
    {
        public Guid Id { get; init; }

        public Guid Box { get; init; }
    }

    sealed class DutyRow
    {
        public long Kind { get; init; }

        public long Many { get; init; }
    }
}
