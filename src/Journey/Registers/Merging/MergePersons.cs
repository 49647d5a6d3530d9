using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// Joins all open pairs of a county from a score on 批量并档. Only pairs with a document in common and names that are alike are joined without a person looking: name, birth, phone
/// and household make candidates and nothing more (INV-23).
/// </summary>
/// <param name="Threshold">0.5 to 1.</param>
/// <param name="County">6 digits; null: the whole deployment.</param>
/// <param name="DryRun">Says what would be done and does nothing.</param>
/// <param name="Reason">Stands with each merge; no names.</param>
public sealed record MergePersons(double Threshold, string? County = null, bool DryRun = false, string Reason = "batch");

/// <summary>What became of a pair.</summary>
/// <param name="Survivor">The row that stays, or would.</param>
/// <param name="Verdict">merged, would_merge, needs_person, already_one or refused.</param>
/// <param name="Code">Of the refusal.</param>
/// <param name="Issues">What does not go together.</param>
public sealed record MergeItem(Guid Survivor, Guid Loser, double Score, string Reasons, string Verdict, string? Code, IReadOnlyList<string> Issues);

/// <summary>The report of a batch; the items are those looked at, at most a thousand.</summary>
public sealed record MergeReport(bool DryRun, double Threshold, long Looked, long Merged, long NeedPerson, long Refused, long AlreadyOne, long Issues, IReadOnlyList<MergeItem> Items);

public sealed class MergePersonsHandler(Store store, PersonMerges merges)
{
    const int UnitPairs = 50;
    const int MostNamed = 1_000;

    /// <param name="command">From which score on.</param>
    /// <param name="actor">Stands in the trail.</param>
    /// <param name="caller">Null is the program itself.</param>
    public async Task<Outcome<MergeReport>> Handle(MergePersons command, Actor actor, Caller? caller = null)
    {
        if (command.Threshold is not (>= 0.5 and <= 1))
            return new ThresholdWrong();
        if (command.County is { } named && (named.Length != 6 || !PlaceCode.Parse(named).Ok))
            return new CountyWrong();
        if (caller is not null && caller.Must(Permission.MergePersons, command.County ?? "") is { Ok: false } no)
            return no.Refusal;
        var reason = command.Reason.Trim() is { Length: > 0 } said ? said : "batch";
        var pairs = store.Read(s => s.Query<PairRow>(
            "SELECT * FROM duplicate_pair WHERE state = 1 AND score >= @Threshold" + (command.County is null ? "" : " AND owner = @County") + " ORDER BY owner, person_a, person_b",
            new { command.Threshold, command.County }));
        var items = new List<MergeItem>(pairs.Count);
        foreach (var unit in pairs.Chunk(UnitPairs))
        {
            if (command.DryRun || !Array.Exists(unit, p => PairScore.Sure(p.Score, p.Reasons)))
            {
                items.AddRange(store.Read(s => unit.Select(pair => Would(s, pair)).ToList()));
                continue;
            }
            var done = await MergeScope.Write(store, merges, actor, [.. unit.Where(p => PairScore.Sure(p.Score, p.Reasons)).SelectMany(p => new[] { p.PersonA, p.PersonB }).Distinct()],
                (session, scope) => Join(session, unit, reason, scope));
            if (!done.Ok)
                return done.Refusal;
            items.AddRange(done.Value);
        }
        long Count(params string[] verdicts) => items.LongCount(i => verdicts.Contains(i.Verdict));
        return new MergeReport(command.DryRun, command.Threshold, items.Count, Count("merged", "would_merge"), Count("needs_person"), Count("refused"), Count("already_one"),
            items.Sum(i => (long)i.Issues.Count), [.. items.OrderByDescending(i => i.Score).Take(MostNamed)]);
    }

    Outcome<List<MergeItem>> Join(WriteSession session, PairRow[] pairs, string reason, IReadOnlyCollection<string> scope)
    {
        var items = new List<MergeItem>(pairs.Length);
        foreach (var pair in pairs)
        {
            var would = Would(session, pair);
            if (would.Verdict != "would_merge")
            {
                items.Add(would);
                continue;
            }
            var merged = merges.Merge(session, would.Survivor, would.Loser, new MergeGrounds(pair.Score, pair.Reasons, reason), scope);
            if (merged is { Ok: false, Refusal: StoreBusy })
                return merged.Refusal;
            if (merged.Ok)
                Pairs.Note(session, pair.Owner, pair.PersonA, pair.PersonB, PairState.Same, reason);
            items.Add(merged.Ok ? would with { Verdict = "merged", Issues = [.. merged.Value.Issues.Select(i => i.Kind)] }
                : would with { Verdict = "refused", Code = merged.Refusal.Code });
        }
        return items;
    }

    static MergeItem Would(Session session, PairRow pair)
    {
        var current = PersonDirectory.Current(session, [pair.PersonA, pair.PersonB]);
        if (current.Count < 2)
            return new MergeItem(pair.PersonA, pair.PersonB, pair.Score, pair.Reasons, "refused", "person_unknown", []);
        var (a, b) = (current[pair.PersonA].Id, current[pair.PersonB].Id);
        if (a == b)
            return new MergeItem(a, b, pair.Score, pair.Reasons, "already_one", null, []);
        var rows = session.Query<PersonRow>($"SELECT * FROM person WHERE id {session.InIds("ids")}", new { ids = session.Keys([a, b]) });
        var stays = Survivor(rows);
        return new MergeItem(stays.Id, stays.Id == a ? b : a, pair.Score, pair.Reasons, PairScore.Sure(pair.Score, pair.Reasons) ? "would_merge" : "needs_person", null, []);
    }

    /// <summary>Who stays: somebody whose document is known before a temporary identity, a checked one before a claimed one, the earlier row before the later.</summary>
    static PersonRow Survivor(List<PersonRow> rows) => rows.OrderBy(r => r.Temporary is not null).ThenBy(r => r.Confidence).ThenBy(r => r.CreatedAt).ThenBy(r => r.Id).First();
}

/// <summary>The threshold is out of range.</summary>
public sealed record ThresholdWrong() : FieldRefusal("threshold", "threshold_wrong", RefusalKind.Invalid, "The threshold lies between 0.5 and 1.", "阈值须在0.5至1之间。");
