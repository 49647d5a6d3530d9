using Qipan.Kernel;

namespace Qipan.Protocols;

/// <summary>One line of the list of protocols.</summary>
/// <param name="Protocol">Id and version, as <c>CN-COVID-8@1</c>; the key by which the list is paged.</param>
/// <param name="Disease">As <c>COVID-19</c>.</param>
/// <param name="Variant">Null: every variant.</param>
/// <param name="Jurisdiction">Where it holds.</param>
/// <param name="From">First day.</param>
/// <param name="To">First day on which it no longer holds; null: open.</param>
/// <param name="Priority">The higher wins.</param>
/// <param name="Zh">Its name in Chinese.</param>
/// <param name="En">Its name in English.</param>
/// <param name="Groups">What it rules on.</param>
/// <param name="File">Where it was read from; without its folder.</param>
public sealed record ProtocolLine(string Protocol, string Disease, string? Variant, string Jurisdiction, DateOnly From, DateOnly? To,
    int Priority, string Zh, string En, IReadOnlyList<string> Groups, string File)
{
    internal static ProtocolLine Of(Protocol p) => new(p.Version.ToString(), p.Disease, p.Variant, p.Jurisdiction.Code, p.Effective.From,
        p.Effective.To, p.Priority, p.Title.Zh, p.Title.En, p.Groups, Path.GetFileName(p.File));
}

/// <summary>A page of the list; <c>Next</c> is the key to ask on with, null at the end.</summary>
public sealed record ProtocolPage(IReadOnlyList<ProtocolLine> Items, string? Next);

/// <summary>`qipan protocol list` and <c>GET /api/protocols</c>: every protocol, by id and version.</summary>
public static class ListProtocols
{
    /// <summary>At most this many lines at once.</summary>
    public const int MostAtOnce = 200;

    /// <summary>All lines at once; the book is small.</summary>
    public static IReadOnlyList<ProtocolLine> All(ProtocolBook book) => [.. book.All.Select(ProtocolLine.Of)];

    /// <summary>The lines after a key, in the order of the book; <c>unknown_protocol</c> when the key is no version.</summary>
    public static Outcome<ProtocolPage> After(ProtocolBook book, string? after, int take)
    {
        var from = 0;
        if (!string.IsNullOrEmpty(after))
        {
            if (!ProtocolVersion.TryParse(after, out var key))
                return new UnknownProtocol(null);
            from = book.All.Count(p => Compare(p.Version, key) <= 0);
        }
        take = Math.Clamp(take, 1, MostAtOnce);
        var items = book.All.Skip(from).Take(take).Select(ProtocolLine.Of).ToList();
        return new ProtocolPage(items, from + items.Count < book.All.Count ? items[^1].Protocol : null);
    }

    static int Compare(ProtocolVersion a, ProtocolVersion b) =>
        string.CompareOrdinal(a.Id, b.Id) is not 0 and var byId ? byId : a.Version.CompareTo(b.Version);
}
