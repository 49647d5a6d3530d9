using Qipan.Http;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Tracing;

/// <summary>Registers a venue 场所登记. The same name at the same place is the same venue: it is corrected.</summary>
/// <param name="Category">As the protocol's kinds of venues; other where none fits.</param>
/// <param name="Place">County or finer.</param>
/// <param name="OutsideNo">Its id in the files that name it.</param>
sealed record RegisterVenue(string Name, string Place, string Category = "other", string? OutsideNo = null, string? Uscc = null, long? Capacity = null);

sealed class RegisterVenueHandler(Store store)
{
    public async Task<Outcome<VenueRow>> Handle(Caller caller, RegisterVenue command)
    {
        var judged = Judge(command, store.Clock.GetUtcNow());
        if (!judged.Ok)
            return judged.Refusal;
        if (caller.Must(Permission.DecideContacts, judged.Value.Place) is { Ok: false } no)
            return no.Refusal;
        return await store.Write(new WriteScope(caller.Actor, judged.Value.Owner), session =>
        {
            Write(session, [judged.Value]);
            session.Trail(judged.Value.Owner, "register_venue", new Ref("venue", judged.Value.Id));
            return Outcome.Of(judged.Value);
        });
    }

    public static Outcome<VenueRow> Judge(RegisterVenue command, DateTimeOffset now)
    {
        var place = PlaceCode.Parse(command.Place);
        var name = command.Name.Trim();
        if (!place.Ok || place.Value.Level < PlaceLevel.County || name.Length is 0 or > 200 || name.Any(char.IsControl))
            return new VenueWrong();
        var key = VenueRow.KeyOf(name);
        return new VenueRow
        {
            Owner = place.Value.Owner,
            Id = TracingIds.Venue(key, place.Value.Value),
            Name = name,
            NameKey = key,
            OutsideNo = Blank(command.OutsideNo),
            Category = Blank(command.Category)?.ToLowerInvariant() ?? "other",
            Place = place.Value.Value,
            Uscc = Blank(command.Uscc),
            Capacity = command.Capacity,
            CreatedAt = now,
        };
    }

    /// <summary>Returns, in the same order, which of them were there already just as they are.</summary>
    public static List<bool> Write(WriteSession session, IReadOnlyList<VenueRow> venues)
    {
        var there = VenueRow.ByIds(session, [.. venues.Select(v => v.Id)]).ToDictionary(v => v.Id);
        var had = venues.Select(v => there.TryGetValue(v.Id, out var old) && (v with { CreatedAt = old.CreatedAt, Name = old.Name }) == old).ToList();
        session.Insert(VenueRow.Rows, [.. venues.Where(v => !there.ContainsKey(v.Id)).DistinctBy(v => v.Id)]);
        session.Update(VenueRow.Rows, [.. venues.Where((v, i) => !had[i] && there.ContainsKey(v.Id)).Select(v => v with { CreatedAt = there[v.Id].CreatedAt })]);
        return had;
    }

    static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
