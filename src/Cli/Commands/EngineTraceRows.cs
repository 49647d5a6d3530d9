using System.Globalization;
using System.Text;
using Qipan.Engine;

namespace Qipan.Cli.Commands;

/// <summary>The rows of one traced index person: index,ring,contact,episodes,overlap_seconds,first,last,places,via.</summary>
static class EngineTraceRows
{
    /// <summary>By ring and then by the contacts' dense id; places in the order of the meetings, joined by a vertical bar.</summary>
    public static string Of(VisitStore store, uint index, Tracer tracer)
    {
        var places = new Dictionary<uint, List<uint>>();
        var episodes = tracer.Episodes.ToArray();
        Array.Sort(episodes, static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : a.Place.CompareTo(b.Place));
        foreach (var episode in episodes)
        {
            if (!places.TryGetValue(episode.Contact, out var met))
                places.Add(episode.Contact, met = []);
            if (!met.Contains(episode.Place))
                met.Add(episode.Place);
        }
        var rows = new StringBuilder();
        Append(rows, store, index, 1, tracer.Ring1, places);
        Append(rows, store, index, 2, tracer.Ring2, places);
        return rows.ToString();
    }

    static void Append(
        StringBuilder rows, VisitStore store, uint index, int ring, ReadOnlySpan<Contact> contacts, Dictionary<uint, List<uint>> places)
    {
        var sorted = contacts.ToArray();
        Array.Sort(sorted, static (a, b) => a.Visitor.CompareTo(b.Visitor));
        var indexId = EngineCommand.Field(store.Visitors.Outside(index));
        foreach (var contact in sorted)
        {
            var met = EngineCommand.Field(string.Join('|', places[contact.Visitor].Select(p => store.Places.Outside(p))));
            var via = ring == 1 ? "" : EngineCommand.Field(store.Visitors.Outside(contact.Via));
            rows.Append(CultureInfo.InvariantCulture,
                $"{indexId},{ring},{EngineCommand.Field(store.Visitors.Outside(contact.Visitor))},{contact.Episodes},{contact.OverlapSeconds},{contact.First},{contact.Last},{met},{via}\n");
        }
    }
}
