using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Cases;

namespace Qipan.Cli.Commands;

/// <summary>What was read from a text, as `qipan import itinerary` prints it. It prints the file's own words, and no store's.</summary>
sealed class ItineraryReport(string file, string text, ReadItinerary read, SharedExposures found, string transport)
{
    readonly IReadOnlyList<SharedExposure> shared = found.All;

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        NewLine = "\n",
    };

    public ReadItinerary Read => read;

    public string Text => text;

    /// <summary>Matches places when a store was given.</summary>
    public PlaceMatcher? Matcher { get; set; }

    /// <summary>How many stays were written; null for a dry run.</summary>
    public int? Written { get; set; }

    public void Write(TextWriter output, TextWriter error, bool json)
    {
        if (json)
            output.WriteLine(JsonSerializer.Serialize(Document(), Json));
        else
            WriteText(output);
        error.WriteLine($"{file}: {read.Stretches} read, {read.Understood} understood, {read.NotUnderstood} not understood; {read.Persons.Count} persons, "
            + $"{read.Persons.Sum(p => p.Stays.Count)} stays, {shared.Count} shared exposures proposed{(found.Complete ? "" : " (not all compared: divide the text)")}{(Written is { } written ? $"; {written} stays written" : "")}");
    }

    object Document() => new
    {
        file,
        read = read.Stretches,
        understood = read.Understood,
        notUnderstood = read.NotUnderstood,
        written = Written,
        persons = read.Persons.Select(p => new
        {
            @case = p.CaseNo,
            name = Name(p),
            p.Sex,
            p.Age,
            p.BirthYear,
            heading = p.Heading is { } heading ? Words(heading) : null,
            remarks = p.Remarks.Select(Remark),
            stays = p.Stays.Select(Stay),
        }),
        remarks = read.Remarks.Select(Remark),
        unread = read.Unread.Select(u => new { u.Words.From, u.Words.Length, text = u.Words.In(text), u.Reason }),
        problems = read.Problems.Select(p => new { p.Words.From, p.Words.Length, p.Code, p.Sentence, p.Chinese }),
        transportRule = transport,
        shared = shared.Select(Shared),
        sharedComplete = found.Complete,
    };

    object Remark(ReadRemark remark) => new
    {
        remark.Kind,
        remark.Day,
        at = Time(remark.At),
        remark.Place,
        relation = remark.Who?.Relation,
        otherCase = remark.Who?.CaseNo,
        words = Words(remark.Words),
    };

    object Stay(ReadStay stay) => new
    {
        stay.Time.Day,
        lastDay = stay.Time.LastDay,
        from = Time(stay.Time.From),
        to = Time(stay.Time.To),
        stay.Time.About,
        part = stay.Time.Part == DayPart.None ? (DayPart?)null : stay.Time.Part,
        stay.Time.Follows,
        earliest = stay.Time.Span?.From,
        latest = stay.Time.Span?.To,
        stay.PlaceKind,
        stay.Place,
        stay.SubArea,
        stay.Activity,
        transport = stay.Rides.Select(r => Ride(r)),
        with = stay.With.Select(w => new { w.Relation, otherCase = w.CaseNo, words = Words(w.Words) }),
        stay.Protection,
        stay.ClosedLoop,
        words = Words(stay.Words),
        placeWords = stay.PlaceWords is { } place ? Words(place) : null,
        match = Match(stay),
    };

    static object Ride(Ride ride) =>
        new { kind = ride.Transport, ride.Number, ride.Coach, seats = ride.Seats.Select(s => s.Row + s.Letter), ride.Route };

    object? Match(ReadStay stay)
    {
        if (Matcher is null || stay.Place is null || stay.PlaceKind is not (PlaceKind.Named or PlaceKind.Work))
            return null;
        var match = Matcher.Match(stay.Place);
        return new { chosen = match.Chosen is { } chosen ? Scored(chosen) : null, offered = match.Offered.Select(Scored) };

        static object Scored(ScoredPlace p) =>
            new { p.Candidate.Code, p.Candidate.Name, p.Candidate.FullName, p.Score, p.Fit, p.Areas, p.Against };
    }

    object Shared(SharedExposure e) => new
    {
        a = e.First,
        b = e.Second,
        caseA = read.Persons[e.First].CaseNo,
        caseB = read.Persons[e.Second].CaseNo,
        e.Kind,
        e.Strength,
        e.What,
        e.Day,
        from = e.Overlap?.From,
        to = e.Overlap?.To,
        e.LoopBroken,
        e.Reason,
        chinese = e.ReasonChinese,
        wordsA = e.FirstWords.Select(w => Words(w)),
        wordsB = e.SecondWords.Select(w => Words(w)),
    };

    object Words(TextWords words) => new { words.From, words.Length, text = words.In(text) };

    string? Name(ReadPerson person) => person.NameWords?.In(text);

    static string? Time(TimeOnly? time) => time?.ToString("HH:mm", CultureInfo.InvariantCulture);

    void WriteText(TextWriter output)
    {
        foreach (var person in read.Persons)
        {
            output.WriteLine($"# {person.CaseNo ?? "-"}\t{Name(person) ?? "-"}\t{person.Sex}\t{person.Age?.ToString(CultureInfo.InvariantCulture) ?? person.BirthYear?.ToString(CultureInfo.InvariantCulture) ?? "-"}");
            foreach (var remark in person.Remarks.Where(r => r.Kind is not (RemarkKind.Heading or RemarkKind.Description)))
                output.WriteLine($"  {remark.Kind}\t{OneLine(remark.Words)}");
            foreach (var stay in person.Stays)
                output.WriteLine(string.Join('\t', $"  {When(stay.Time)}", stay.Place ?? stay.PlaceKind.ToString(), stay.SubArea ?? "-",
                    stay.Activity ?? "-",
                    string.Join('、', stay.Rides.Select(r => $"{r.Transport} {r.Number}".Trim())), $"{stay.Words.From}+{stay.Words.Length}",
                        Chosen(stay)));
        }
        foreach (var e in shared)
            output.WriteLine($"shared\t{e.Strength}\t{e.Kind}\t{read.Persons[e.First].CaseNo ?? $"#{e.First}"}\t{read.Persons[e.Second].CaseNo ?? $"#{e.Second}"}\t{e.Day:yyyy-MM-dd}\t{e.What}\t{e.Reason}");
        foreach (var problem in read.Problems)
            output.WriteLine($"look at\t{problem.Words.From}+{problem.Words.Length}\t{problem.Code}\t{problem.Sentence}\t{OneLine(problem.Words)}");
        foreach (var unread in read.Unread)
            output.WriteLine($"not understood\t{unread.Words.From}+{unread.Words.Length}\t{unread.Reason}\t{OneLine(unread.Words)}");
    }

    string Chosen(ReadStay stay) => Matcher is not null && stay is { Place: { } place, PlaceKind: PlaceKind.Named or PlaceKind.Work }
        && Matcher.Match(place).Chosen is { } chosen
        ? $"{chosen.Candidate.Code} {chosen.Score:0.00}" : "";

    static string When(StayTime time) => string.Concat(
        time.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "day?", time.LastDay is { } last ? $"..{last:yyyy-MM-dd}" : "",
        time.From is { } from ? $" {from:HH:mm}" : "", time.To is { } to ? $"-{to:HH:mm}" : "", time.About ? " about" : "",
        time.Part is DayPart.None ? "" : $" {time.Part}", time.Follows ? " then" : "");

    string OneLine(TextWords words) => words.In(text).ReplaceLineEndings(" ").Replace('\t', ' ');
}
