using Qipan.Cases.Reading;
using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>
/// Keeps what was read from a text with a case 录入轨迹: the text sealed, its stays, and what was not understood, so that nobody has to
/// trust the reading. The same text for the same case changes nothing.
/// </summary>
/// <param name="CaseNo">The case's number.</param>
/// <param name="Text">The whole text; sealed with the county's key.</param>
/// <param name="Read">What was read from it.</param>
/// <param name="Person">Whose stays, in <see cref="ReadItinerary.Persons"/>.</param>
/// <param name="Places">Codes of registered places, or ids of venues, that were chosen, by the words of the text.</param>
/// <param name="Source">How the stays are known.</param>
public sealed record KeepItinerary(
    string CaseNo, string Text, ReadItinerary Read, int Person, IReadOnlyDictionary<string, string> Places,
        ItinerarySource Source = ItinerarySource.Published);

/// <param name="Stays">Written now; 0 when the text was there already.</param>
/// <param name="Unread">Stretches kept as not understood, with stays of which no day is known.</param>
/// <param name="Had">The text was there already.</param>
public sealed record KeptItinerary(Guid Text, int Stays, int Unread, bool Had);

/// <summary>No case has this number.</summary>
public sealed record ItineraryCaseUnknown() : Refusal("case_unknown", RefusalKind.NotFound, "No case has this id or number.", "没有该病例。");

/// <summary>Keeps read itineraries.</summary>
public sealed class KeepItineraryHandler(Store store, Keyring keyring, LocalDays days)
{
    /// <summary>For a signed-in investigator of the case's county.</summary>
    public Task<Outcome<KeptItinerary>> Handle(KeepItinerary command, Caller caller) =>
        caller.Must(Permission.InvestigateCases, County(command)) is { Ok: false } refused
        ? Task.FromResult<Outcome<KeptItinerary>>(refused.Refusal) : Handle(command, caller.Actor);

    /// <summary>For an import, which runs where the data folder is.</summary>
    public async Task<Outcome<KeptItinerary>> Handle(KeepItinerary command, Actor actor)
    {
        if (store.Read(s => CaseBook.Find(s, command.CaseNo)) is not { } known)
            return new ItineraryCaseUnknown();
        var text = keyring.LookupKey($"itinerary_text/{known.Id:N}", Personal.Of(command.Text));
        return await store.Write(new WriteScope(actor, known.Owner), session => Keep(session, command, known, text));
    }

    static string County(KeepItinerary command) => command.CaseNo.Split('-')[0];

    Outcome<KeptItinerary> Keep(WriteSession session, KeepItinerary command, CaseRow known, Guid text)
    {
        if (session.Scalar<long>("SELECT COUNT(*) FROM itinerary_text WHERE owner = @Owner AND id = @text", new { known.Owner, text }) > 0)
            return new KeptItinerary(text, 0, 0, Had: true);
        var person = command.Read.Persons[command.Person];
        var stays = person.Stays.Where(s => s.Time.Day is not null)
            .Select(s => KeptStays.Of(s, s.Place is { } p ? command.Places.GetValueOrDefault(p) : null, command.Source, text, days))
            .ToLookup(s => Itineraries.Wrong(s, session.Now)?.Code);
        // What cannot have been is not dropped: it stands among what was not understood, with the reason.
        var unread = command.Read.Unread.Select(u => (u.Words, Reason: u.Reason.ToString()))
            .Concat(person.Stays.Where(s => s.Time.Day is null).Select(s => (s.Words, Reason: "DayMissing")))
            .Concat(stays.Where(g => g.Key is not null).SelectMany(g => g.Select(s => (Words: new TextWords(s.WordsFrom!.Value, s.WordsTo!.Value), Reason: g.Key!))))
            .OrderBy(u => u.Words.From).Select((u, i) => new KeptRows.UnreadRow(known.Owner, text, i + 1, u.Words, u.Reason)).ToList();
        session.Insert(KeptRows.Texts, [new KeptRows.TextRow(known.Owner, text, known.Id,
            keyring.Seal(known.Owner, Personal.Of(command.Text)), session.Now, session.Actor.ToString())]);
        session.Insert(KeptRows.Unread, unread);
        var added = Itineraries.Add(session, known, [.. stays[null]]);
        if (!added.Ok)
            return added.Refusal;
        session.Trail(known.Owner, "keep_itinerary", known.Ref, new Ref("itinerary_text", text),
            detail: new { stays = added.Value.Count, unread = unread.Count });
        return new KeptItinerary(text, added.Value.Count, unread.Count, Had: false);
    }
}
