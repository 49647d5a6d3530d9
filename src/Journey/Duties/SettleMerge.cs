using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>Somebody has looked at what did not go together after a merge, and says what was done about it 并档冲突处理.</summary>
/// <param name="Merge">The merge.</param>
/// <param name="Note">What was done, without names.</param>
public sealed record SettleMerge(Guid Merge, string Note);

public sealed class SettleMergeHandler(Store store)
{
    public async Task<Outcome<Done>> Handle(SettleMerge command, Caller caller)
    {
        if (command.Note.Trim() is not { Length: > 0 and <= 500 })
            return new ReasonMissing();
        var found = store.Read(s => s.One<MergeOwner>("""
            SELECT m.owner, p.residence FROM person_merge m JOIN person p ON p.id = m.loser WHERE m.id = @Merge
            """, new { command.Merge }));
        if (found is null)
            return new MergeUnknown();
        if (caller.Must(Permission.MergePersons, found.Residence) is { Ok: false } no)
            return no;
        return await store.Write(new WriteScope(caller.Actor, found.Owner), session =>
        {
            session.Execute("""
                UPDATE person_merge_issue SET state = 1, settled_at = @Now, settled_by = @by, note = @note WHERE owner = @Owner AND merge = @Merge AND state = 0
                """, new { session.Now, by = session.Actor.ToString(), note = command.Note.Trim(), found.Owner, command.Merge });
            Ledger.Done(session, [new DutyKey(found.Owner, DutyKind.SettleMerge, command.Merge.ToString("N"), command.Merge)], MergeEvidence.Of(command.Merge));
            session.Trail(found.Owner, "settle_merge", new Ref("merge", command.Merge));
            return Outcome.Done;
        });
    }

    sealed class MergeOwner
    {
        public string Owner { get; init; } = "";

        public string Residence { get; init; } = "";
    }
}

/// <summary>That a merge was looked at stands as long as none of its issues is open.</summary>
sealed class MergeEvidence : IEvidenceCheck
{
    const string Kind = "merge_settled";

    public IReadOnlyList<string> Kinds { get; } = [Kind];

    public static Ref Of(Guid merge) => new(Kind, merge);

    public IReadOnlyCollection<string> NotStanding(Session session, string kind, IReadOnlyCollection<string> ids)
    {
        var known = ids.Where(i => Guid.TryParseExact(i, "N", out _)).Select(i => Guid.ParseExact(i, "N")).ToList();
        var standing = session.Query<Guid>($"""
            SELECT id FROM person_merge m WHERE id {session.InIds("ids")} AND NOT EXISTS
              (SELECT 1 FROM person_merge_issue i WHERE i.owner = m.owner AND i.merge = m.id AND i.state = 0)
            """, new { ids = session.Keys(known) }).Select(i => i.ToString("N")).ToHashSet();
        return [.. ids.Where(i => !standing.Contains(i))];
    }
}

/// <summary>No merge of this id.</summary>
public sealed record MergeUnknown() : Refusal("merge_unknown", RefusalKind.NotFound, "There is no merge of this id.", "没有此编号的并档记录。");
