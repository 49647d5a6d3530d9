using System.Globalization;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>Looks for persons. Exactly one of name, document, phone, residence or household is asked for.</summary>
/// <param name="Purpose">From the closed list; without one nobody is shown (P-01).</param>
/// <param name="Name">A name or a part of it, its pinyin from any syllable on, or its initials.</param>
/// <param name="Document">A number of any kind of document.</param>
/// <param name="Phone">A number in any form.</param>
/// <param name="Residence">A place: everybody who lives in it.</param>
/// <param name="Household">Everybody of it.</param>
/// <param name="After">The cursor of the page before; it holds no personal data.</param>
/// <param name="Take">1 to 200.</param>
public sealed record FindPersons(
    Purpose? Purpose = null, string? Name = null, string? Document = null, string? Phone = null, string? Residence = null, Guid? Household = null,
    string? After = null, int Take = 50);

/// <summary>A page and the cursor of the next; null when this was the last.</summary>
public sealed record PersonPage(IReadOnlyList<PersonView> Items, string? Next);

public sealed class FindPersonsHandler(Store store, Keyring keyring, PersonViews views)
{
    public async Task<Outcome<PersonPage>> Handle(FindPersons query, Caller caller)
    {
        if (query.Purpose is not { } purpose || !Enum.IsDefined(purpose))
            return new PurposeMissing();
        if (new object?[] { query.Name, query.Document, query.Phone, query.Residence, query.Household }.Count(a => a is not null) != 1)
            return new SearchWrong();
        var take = Math.Clamp(query.Take, 1, 200);
        var territories = caller.Territories(Permission.SeePersons);
        string? next = null;
        var found = store.Read(session => query.Name is { } name ? ByName(session, name, query, territories, take, out next) : Ids(session, query, territories, take));
        if (!found.Ok)
            return found.Refusal;
        if (query.Name is null && found.Value.Count == take)
            next = Cursor(query, found.Value[^1]);
        // Whoever turned out to be another person is shown as that person, once.
        var shown = store.Read(session => PersonDirectory.Current(session, found.Value.ConvertAll(f => f.Id)));
        List<Guid> ids = [.. found.Value.Select(f => shown[f.Id].Id).Distinct()];
        // The log is kept by county: the rows of those that are found, or the caller's own for a search without a hit.
        string[] owners = [.. shown.Values.Select(f => f.Owner).Append(caller.Owner).Distinct()];
        return await store.Write(new WriteScope(caller.Actor, owners), session =>
        {
            var items = views.Show(session, caller, purpose, "search", ids);
            if (items.Count == 0)
                AccessLog.Record(session, caller.Owner, purpose, "search", new Ref("search", Asked(query)));
            return Outcome.Of(new PersonPage(items, next));
        });
    }

    Outcome<List<Hit>> Ids(Session session, FindPersons query, IReadOnlyList<string> territories, int take)
    {
        if (query.Document is { } number)
            return ByKeys(session, "SELECT person FROM person_document WHERE doc_key", Enum.GetValues<DocType>().Select(t => DocumentKeys.Of(keyring, t, number)), query, take);
        if (query.Phone is { } phone)
        {
            var parsed = Kernel.Codes.PhoneNumber.Parse(phone);
            return parsed.Ok
                ? ByKeys(session, "SELECT person FROM person_phone WHERE phone_key", [DocumentKeys.OfPhone(keyring, parsed.Value.Digits.Reveal(Disclosure.ForProcessing))], query, take)
                : parsed.Refusal;
        }
        var after = Guid.TryParseExact(query.After, "N", out var id) ? id : Guid.Empty;
        // Without statistics SQLite would walk a whole county by id: the index is named.
        string By(string index) => session.Kind == StoreKind.Sqlite ? $"INDEXED BY {index}" : "";
        var counties = session.Keys(query.Residence is null ? Counties(session, territories) : []);
        if (query.Household is { } household)
            return session.Query<Hit>(
                $"SELECT owner, id, residence FROM person {By("person_household")} WHERE owner {session.In("counties")} AND household = @household AND id > @after"
                + " ORDER BY id LIMIT @take", new { counties, household, after, take });
        if (query.Residence is { } place)
            return InPlace(session, place.ToLowerInvariant(), territories, query.After, take);
        return new SearchWrong();
    }

    /// <summary>Those whom the caller's territories cover, at home or where they are now.</summary>
    Outcome<List<Hit>> ByName(Session session, string name, FindPersons query, IReadOnlyList<string> territories, int take, out string? next)
    {
        next = null;
        if (NameKeys.Of(name).Length == 0)
            return new SearchWrong();
        (var hits, next) = NameSearch.Page(session, keyring, name, Counties(session, territories), query.After, take, hit =>
            territories.Any(t => hit.Residence.StartsWith(t, StringComparison.Ordinal) || (hit.PresentPlace ?? hit.PresentOwner).StartsWith(t, StringComparison.Ordinal)));
        return hits.ConvertAll(h => new Hit { Owner = h.Owner, Id = h.Id, Residence = h.Residence });
    }

    static List<Hit> ByKeys(Session session, string sql, IEnumerable<Guid> keys, FindPersons query, int take)
    {
        var after = Guid.TryParseExact(query.After, "N", out var id) ? id : Guid.Empty;
        return session.Query<Hit>(
            $"SELECT owner, id, residence FROM person WHERE id IN ({sql} {session.InIds("keys")}) AND id > @after ORDER BY id LIMIT @take",
            new { keys = session.Keys(keys), after, take });
    }

    /// <summary>By residence, so that a page is one range of an index; the cursor is a place and an id.</summary>
    static Outcome<List<Hit>> InPlace(Session session, string place, IReadOnlyList<string> territories, string? cursor, int take)
    {
        if (!Kernel.Codes.PlaceCode.Parse(place).Ok || place.Length < 6)
            return new SearchWrong();
        if (!territories.Any(t => place.StartsWith(t, StringComparison.Ordinal)))
            return new NotAllowedHere();
        var (from, after) = (place, Guid.Empty);
        if (cursor?.Split('~') is [var residence, var last] && Guid.TryParseExact(last, "N", out var id))
            (from, after) = (residence, id);
        return session.Query<Hit>(
            "SELECT owner, id, residence FROM person WHERE owner = @owner AND residence >= @from AND residence < @end AND (residence > @from OR id > @after)"
            + " ORDER BY residence, id LIMIT @take",
            new { owner = Kernel.Codes.PlaceCode.OwnerOf(place), from, end = PlaceTree.EndOf(place), after, take });
    }

    static List<string> Counties(Session session, IReadOnlyList<string> territories) => [.. territories.SelectMany(t => t.Length >= 6
        ? [Kernel.Codes.PlaceCode.OwnerOf(t)]
        : PlaceTree.Below(session, t, Kernel.Codes.PlaceLevel.County).Select(c => c.Code)).Distinct()];

    static string Cursor(FindPersons query, Hit last) => query.Residence is null ? last.Id.ToString("N", CultureInfo.InvariantCulture) : $"{last.Residence}~{last.Id:N}";

    /// <summary>What kind of search it was; the words themselves are personal.</summary>
    static string Asked(FindPersons query) => query switch
    {
        { Name: not null } => "name",
        { Document: not null } => "document",
        { Phone: not null } => "phone",
        { Residence: not null } => "residence",
        _ => "household",
    };

    sealed class Hit
    {
        public string Owner { get; init; } = "";

        public Guid Id { get; init; }

        public string Residence { get; init; } = "";
    }
}

/// <summary>No purpose was named (P-01).</summary>
public sealed record PurposeMissing() : FieldRefusal("purpose", "purpose_missing", RefusalKind.NotAllowed,
    "Name the purpose: contact_tracing, testing, care, supply, statistics or legal_duty. There is no other.",
    "请注明查询目的：流调、检测、医疗照护、保供、统计或法定职责，不得用于其他目的。");

/// <summary>Not exactly one thing was asked for.</summary>
public sealed record SearchWrong() : Refusal("search_wrong", RefusalKind.Invalid,
    "Ask for exactly one: a name or a part of it, a document, a phone, a place of county level or finer, or a household.",
    "请只填一项查询条件：姓名、证件号、电话、区县及以下地点或户。");
