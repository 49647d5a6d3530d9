using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>One person, as the caller's roles allow.</summary>
public sealed record SeePerson(Guid Person, Purpose? Purpose);

/// <summary>The whole numbers of one person: each time is logged as a reveal (P-17).</summary>
/// <param name="What">document or phone.</param>
public sealed record RevealNumber(Guid Person, Purpose? Purpose, string What);

/// <summary>
/// An emergency outside one's own territory (P-08): allowed at once for care, written down, and put before a reviewer, who has 24 hours.
/// </summary>
public sealed record BreakGlass(Guid Person, string Reason);

/// <summary>The numbers behind the masks.</summary>
public sealed record RevealedNumbers(IReadOnlyList<string> Numbers);

public sealed class SeePersonHandler(Store store, Keyring keyring, PersonViews views, LocalDays days)
{
    public async Task<Outcome<PersonView>> Handle(SeePerson query, Caller caller)
    {
        if (query.Purpose is not { } purpose || !Enum.IsDefined(purpose))
            return new PurposeMissing();
        if (store.Read(s => PersonDirectory.ByIds(s, [query.Person])).Values.FirstOrDefault() is not { } person)
            return new PersonUnknown();
        return await store.Write(new WriteScope(caller.Actor, person.Owner, caller.Owner), session =>
        {
            if (views.Show(session, caller, purpose, "view", [person.Id]) is [var view])
                return Outcome.Of(view);
            return new NotAllowedHere();
        });
    }

    public async Task<Outcome<RevealedNumbers>> Handle(RevealNumber query, Caller caller)
    {
        if (query.Purpose is not { } purpose || !Enum.IsDefined(purpose))
            return new PurposeMissing();
        var needed = query.What switch { "document" => PersonFields.RevealDocument, "phone" => PersonFields.RevealPhone, _ => PersonFields.None };
        if (needed == PersonFields.None)
            return new RevealWrong();
        if (store.Read(s => Row(s, query.Person)) is not { } row)
            return new PersonUnknown();
        if (!views.FieldsFor(caller, row, days.DateOf(store.Clock.GetUtcNow())).HasFlag(needed))
            return new NotAllowedHere();
        return await store.Write(new WriteScope(caller.Actor, row.Owner), session =>
        {
            var disclosure = AccessLog.Record(session, row.Owner, purpose, "reveal", new Ref("person", row.Id), query.What);
            var table = needed == PersonFields.RevealPhone ? "person_phone" : "person_document";
            var all = PersonDirectory.ByIds(session, PersonDirectory.AllOf(session, [row.Id])).Values;
            var boxes = session.Query<SealedNumber>($"SELECT owner, sealed FROM {table} WHERE owner {session.In("owners")} AND person {session.InIds("ids")} ORDER BY person",
                new { owners = session.Keys(all.Select(p => p.Owner).Distinct()), ids = session.Keys(all.Select(p => p.Id)) });
            return Outcome.Of(new RevealedNumbers([.. boxes.Select(b => keyring.Open(b.Owner, b.Sealed).Reveal(disclosure)).Distinct()]));
        });
    }

    public async Task<Outcome<PersonView>> Handle(BreakGlass query, Caller caller)
    {
        if (query.Reason.Trim().Length < 10)
            return new ReasonMissing();
        if (store.Read(s => Row(s, query.Person)) is not { } row)
            return new PersonUnknown();
        var fields = caller.Grants.Aggregate(PersonFields.None, (all, g) => all | FieldsOfRole.Of(g.Role));
        return await store.Write(new WriteScope(caller.Actor, row.Owner), session =>
        {
            session.Trail(row.Owner, "break_glass", new Ref("person", row.Id), detail: new { query.Reason, reviewBy = session.Now.AddHours(24) });
            return Outcome.Of(PersonViews.Show(session, Purpose.Care, "break_glass", [(row, fields)], days.DateOf(session.Now))[0]);
        });
    }

    sealed class SealedNumber
    {
        public string Owner { get; init; } = "";

        public byte[] Sealed { get; init; } = [];
    }

    static PersonRow? Row(Session session, Guid id) => session.One<PersonRow>("SELECT * FROM person WHERE id = @id", new { id });
}

/// <summary>Neither document nor phone.</summary>
public sealed record RevealWrong() : FieldRefusal("what", "reveal_wrong", RefusalKind.Invalid,
    "Ask for document or phone.", "请注明查看证件号码（document）或电话（phone）。");

/// <summary>No reason was given, or hardly one.</summary>
public sealed record ReasonMissing() : FieldRefusal("reason", "reason_missing", RefusalKind.Invalid,
    "Give a reason of at least ten characters, without names.", "请填写不少于10个字的理由，不得包含姓名。");
