using System.Globalization;
using System.Text;
using Qipan.Drill.City;
using Qipan.Drill.Spread;

namespace Qipan.Drill.Actors;

/// <summary>
/// What investigators get and decide for a case of an outbreak on the city's days: the person is isolated; the school or the employer sends its list; the
/// person tells where they were; close contacts are accepted, of contacts of contacts the likeliest, the others rejected with a reason.
/// </summary>
public sealed class CasePapers(
    StaffMember investigator, StaffMember reviewer, Doors doors, Epidemic epidemic, Days days, Func<Guid, bool> confirmed, Func<int, int, int, DateTimeOffset> at)
{
    /// <summary>Of contacts of contacts, so many are put under observation for each case; the teams have no more hands.</summary>
    const int Secondary = 12;

    /// <summary>For so many days before, the person tells where they were.</summary>
    const int Remembers = 3;

    static readonly TimeSpan GivesUp = TimeSpan.FromHours(14);

    readonly HashSet<int> asked = [];

    public async Task Isolate(Guid id, Guid person, CancellationToken cancel)
    {
        await Confine(person, cancel);
        await investigator.Try("/api/cases/isolate", new { @case = id }, cancel);
    }

    public async Task Confine(Guid person, CancellationToken cancel) => epidemic.Confine(await doors.Of(person, cancel));

    /// <summary>A suspect is confirmed when the laboratory has confirmed them, and ruled out when it has not by the evening. True when the case goes on.</summary>
    public async Task<bool> Classify(Guid id, Guid person, TimeSpan age, CancellationToken cancel)
    {
        if (confirmed(person))
            return await reviewer.Try("/api/cases/classify", new { @case = id, @class = "confirmed" }, cancel) is not null;
        if (age > GivesUp)
            await reviewer.Try("/api/cases/classify", new { @case = id, @class = "ruled_out", reason = "The swab in a tube of its own is negative. 单采复核阴性。" }, cancel);
        return false;
    }

    /// <summary>The list of the class or shift, and the person's days; then the program is asked again whom that proposes.</summary>
    public async Task Ask(Guid id, Guid person, CancellationToken cancel)
    {
        var citizen = await doors.Of(person, cancel);
        if (days.Lives.Of(citizen) is { } circle && asked.Add(circle.Number))
            await investigator.PostFile($"/api/tracing/imports/rosters?name=list-{circle.Number}.csv", ListOf(circle), "text/csv", cancel);
        for (var back = Remembers; back >= 0; back--)
            foreach (var stay in epidemic.StaysOf(citizen, epidemic.Today - back))
                await investigator.Try("/api/cases/itinerary/add", new
                {
                    @case = id,
                    stay = new
                    {
                        onDay = DateOnly.FromDateTime(at(epidemic.Today - back, 12, 0).DateTime),
                        fromAt = at(epidemic.Today - back, stay.From / 60, stay.From % 60),
                        toAt = at(epidemic.Today - back, stay.Until / 60, stay.Until % 60),
                        about = true,
                        place = days.Venues.All[stay.Venue].Place,
                        placeText = days.Venues.All[stay.Venue].Name,
                        source = "recall",
                    },
                }, cancel);
        await investigator.Try($"/api/tracing/cases/{id}/propose", new { }, cancel);
    }

    string ListOf(Circle circle)
    {
        var (from, to) = (at(epidemic.Today - Remembers, 8, 0).ToUnixTimeSeconds(), at(epidemic.Today, 17, 0).ToUnixTimeSeconds());
        var file = new StringBuilder("kind,name,doc_no,from,to,place\n");
        foreach (var member in circle.Members)
            file.Append(CultureInfo.InvariantCulture, $"{(circle.IsClass ? "class" : "shift")},{circle.Name},{member.Document},{from},{to},{circle.Place}\n");
        return file.ToString();
    }

    public async Task Decide(Guid id, CancellationToken cancel)
    {
        var (close, second) = (new List<Guid>(), new List<Guid>());
        string? after = null;
        do
        {
            var page = await investigator.Get($"/api/tracing/cases/{id}/contacts?state=proposed&take=200{(after is null ? "" : "&after=" + after)}", cancel);
            foreach (var contact in page.GetProperty("items").EnumerateArray())
                (contact.GetProperty("ring").GetInt32() == 1 ? close : second).Add(contact.GetProperty("id").GetGuid());
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);
        await Say(close, true, null, cancel);
        await Say(second.Take(Secondary), true, null, cancel);
        await Say(second.Skip(Secondary), false, "Met a contact only in passing; informed, and asked to watch their health. 与密接仅短暂同场，已告知并自我监测。", cancel);
    }

    async Task Say(IEnumerable<Guid> contacts, bool accept, string? reason, CancellationToken cancel)
    {
        if (contacts.ToList() is { Count: > 0 } some)
            await investigator.Try("/api/tracing/contacts/decide", new { contacts = some, accept, reason }, cancel);
    }
}
