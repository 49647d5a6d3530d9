using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Says whether two rows are one person. May be said again otherwise: what was joined comes apart as it was (INV-21).</summary>
/// <param name="PersonA">The row that stays.</param>
/// <param name="PersonB">The row that follows it when they are the same.</param>
/// <param name="Same">One person, or two.</param>
/// <param name="Reason">Why, without names.</param>
public sealed record DecideDuplicate(Guid PersonA, Guid PersonB, bool Same, string Reason);

/// <summary>A decided pair.</summary>
/// <param name="State">What holds now.</param>
/// <param name="CustodyConflict">Both are held somewhere, at different places: somebody has to look (INV-21, INV-36).</param>
/// <param name="Issues">All that does not go together; each is listed with the merge.</param>
public sealed record DecidedPair(PairState State, bool CustodyConflict, IReadOnlyList<MergeIssue> Issues);

public sealed class DecideDuplicateHandler(Store store, PersonMerges merges)
{
    public async Task<Outcome<DecidedPair>> Handle(DecideDuplicate command, Caller caller)
    {
        if (string.IsNullOrWhiteSpace(command.Reason))
            return new ReasonMissing();
        if (command.PersonA == command.PersonB)
            return new PairUnknown();
        var persons = store.Read(s => PersonDirectory.ByIds(s, [command.PersonA, command.PersonB]));
        if (persons.Count < 2)
            return new PersonUnknown();
        foreach (var person in persons.Values)
            if (caller.Must(Permission.EditPersons, person.Residence) is { Ok: false } no)
                return no.Refusal;
        return await MergeScope.Write(store, merges, caller.Actor, [command.PersonA, command.PersonB], (session, scope) => Decide(session, command, scope));
    }

    Outcome<DecidedPair> Decide(WriteSession session, DecideDuplicate command, IReadOnlyCollection<string> scope)
    {
        var current = PersonDirectory.Current(session, [command.PersonA, command.PersonB]);
        var owner = PersonDirectory.ByIds(session, [command.PersonB])[command.PersonB].Owner;
        if (command.Same)
        {
            if (current[command.PersonA].Id == command.PersonB)
                return new PairCircle();
            var merged = merges.Merge(session, command.PersonA, command.PersonB, new MergeGrounds(1, "by_hand", command.Reason.Trim()), scope);
            if (!merged.Ok)
                return merged.Refusal;
            Pairs.Note(session, owner, command.PersonA, command.PersonB, PairState.Same, command.Reason);
            return Decided(PairState.Same, merged.Value.Issues);
        }
        IReadOnlyList<MergeIssue> issues = [];
        if (current[command.PersonB].Id != command.PersonB)
        {
            var parted = merges.Unmerge(session, command.PersonB, command.Reason.Trim(), scope);
            if (!parted.Ok)
                return parted.Refusal;
            issues = parted.Value.Issues;
        }
        else
        {
            session.Trail(owner, "keep_apart", new Ref("person", command.PersonB), new Ref("person", command.PersonA));
        }
        Pairs.Note(session, owner, command.PersonA, command.PersonB, PairState.Different, command.Reason);
        return Decided(PairState.Different, issues);
    }

    static DecidedPair Decided(PairState state, IReadOnlyList<MergeIssue> issues) =>
        new(state, issues.Any(i => i.Kind == MergeIssues.TwoCustodies), issues);
}

/// <summary>A row is no pair with itself.</summary>
public sealed record PairUnknown() : Refusal("pair_unknown", RefusalKind.Invalid, "Name two different persons.", "请指定两条不同的人员记录。");

/// <summary>They are one already, the other way round.</summary>
public sealed record PairCircle() : Refusal("pair_circle", RefusalKind.Conflict,
    "The first person follows the second already. Keep them apart first, or name them the other way round.", "第一条记录已并入第二条，请先拆分或调换顺序。");
