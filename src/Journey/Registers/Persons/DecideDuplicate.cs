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
public sealed record DecidedPair(PairState State, bool CustodyConflict);

public sealed class DecideDuplicateHandler(Store store, Keyring keyring)
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
        return await store.Write(new WriteScope(caller.Actor, [.. persons.Values.Select(p => p.Owner).Distinct()]), session => Decide(session, command));
    }

    Outcome<DecidedPair> Decide(WriteSession session, DecideDuplicate command)
    {
        var a = PersonDirectory.Current(session, [command.PersonA])[command.PersonA];
        var b = session.One<PersonRow>("SELECT * FROM person WHERE id = @PersonB", new { command.PersonB })!;
        if (command.Same)
            return a.Id == b.Id ? new PairCircle() : Merge(session, keyring, a, b, command.Reason);
        if (b.MergedInto is not null)
            PersonVersions.Supersede(session, keyring, [(b, b with { MergedInto = null, Version = b.Version + 1 })], command.Reason);
        Note(session, b.Owner, command.PersonA, b.Id, PairState.Different, command.Reason);
        session.Trail(b.Owner, b.MergedInto is null ? "keep_apart" : "unmerge_persons", new Ref("person", b.Id), new Ref("person", command.PersonA));
        return new DecidedPair(PairState.Different, CustodyConflict: false);
    }

    /// <summary>The later row follows the earlier one. Nothing is moved or removed, so nothing can be lost in it, and it can be undone.</summary>
    internal static Outcome<DecidedPair> Merge(WriteSession session, Keyring keyring, PersonRef survivor, PersonRow follower, string reason)
    {
        if (follower.MergedInto == survivor.Id)
            return new DecidedPair(PairState.Same, CustodyConflict: false);
        PersonVersions.Supersede(session, keyring, [(follower, follower with { MergedInto = survivor.Id, Version = follower.Version + 1 })], reason);
        Note(session, follower.Owner, survivor.Id, follower.Id, PairState.Same, reason);
        var conflict = survivor.PresentKind != PresentKind.Residence && follower.PresentKind != PresentKind.Residence
            && (survivor.PresentKind, survivor.PresentPlace) != (follower.PresentKind, follower.PresentPlace);
        session.Trail(follower.Owner, "merge_persons", new Ref("person", follower.Id), new Ref("person", survivor.Id), detail: new { custodyConflict = conflict });
        return new DecidedPair(PairState.Same, conflict);
    }

    static void Note(WriteSession session, string owner, Guid a, Guid b, PairState state, string reason)
    {
        session.Insert(PairRow.Rows, [new PairRow { Owner = owner, PersonA = a, PersonB = b, Score = 1, Reasons = "by_hand", FoundAt = session.Now }], IfThere.Skip);
        session.Execute(
            "UPDATE duplicate_pair SET state = @state, decided_by = @by, decided_at = @Now, reason = @reason WHERE owner = @owner AND person_a = @a AND person_b = @b",
            new { state = (short)state, by = session.Actor.ToString(), session.Now, reason, owner, a, b });
    }
}

/// <summary>A row is no pair with itself.</summary>
public sealed record PairUnknown() : Refusal("pair_unknown", RefusalKind.Invalid, "Name two different persons.", "请指定两条不同的人员记录。");

/// <summary>They are one already, the other way round.</summary>
public sealed record PairCircle() : Refusal("pair_circle", RefusalKind.Conflict,
    "The first person follows the second already. Keep them apart first, or name them the other way round.", "第一条记录已并入第二条，请先拆分或调换顺序。");
