using Qipan.Kernel;

namespace Qipan.Laboratory;

/// <summary>Where a version of a result belongs among those that are there.</summary>
enum VersionPlace
{
    /// <summary>It is the latest: it takes effect.</summary>
    Latest = 1,

    /// <summary>A later version came before it: it is kept, and changes nothing (INV-12).</summary>
    Older = 2,

    /// <summary>The same was sent before.</summary>
    AlreadyHad = 3,
}

/// <summary>Latest wins by version, not by arrival; the same version twice changes nothing (INV-12). Pure.</summary>
static class ResultVersions
{
    /// <param name="there">All versions of this tube in this run; at least the first.</param>
    /// <param name="version">The version that came.</param>
    /// <param name="same">Whether a version that is there says the same as the one that came.</param>
    public static Outcome<VersionPlace> Place(IReadOnlyCollection<ResultRow> there, int version, Func<ResultRow, bool> same)
    {
        if (version < 2)
            return RunRefusals.VersionInvalid;
        if (there.All(r => r.State == ResultState.Preliminary) || there.Count == 0)
            return RunRefusals.NotReleased;
        if (there.FirstOrDefault(r => r.Version == version) is { } before)
            return same(before) ? VersionPlace.AlreadyHad : RunRefusals.VersionThere;
        return there.Max(r => r.Version) < version ? VersionPlace.Latest : VersionPlace.Older;
    }
}
