using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Registers;

/// <summary>
/// Answers which residences and divisions exist, from the place tree, and remembers what it asked. For one import or one use
/// case; not safe for several threads.
/// </summary>
sealed class Residences(Store store)
{
    string? lastText;
    Outcome<string> last;
    readonly Dictionary<string, bool> communities = new(StringComparer.Ordinal);
    readonly HashSet<string> divisions = store.Read(s => s.Query<string>("SELECT code FROM place WHERE level = 3").ToHashSet(StringComparer.Ordinal));
    readonly Dictionary<string, string> changes = store.Read(PlaceTree.Changes);

    /// <summary>
    /// The code as it is kept: lower case, renumbered codes by their present one. Its community must be in the tree; the finer
    /// part need not be, because rooms are known by their code before anybody draws them.
    /// </summary>
    public Outcome<string> Of(string text)
    {
        // Households stand together in a file.
        if (text == lastText)
            return last;
        (last, lastText) = (Judge(text), text);
        return last;
    }

    Outcome<string> Judge(string text)
    {
        var parsed = PlaceCode.Parse(text);
        if (!parsed.Ok)
            return parsed.Refusal with { Field = "residence" };
        if (parsed.Value.Level < PlaceLevel.Community)
            return new ResidenceTooCoarse();
        var code = changes.Count == 0 ? parsed.Value.Value : PlaceTree.Current(changes, parsed.Value.Value);
        var community = PlaceCode.CommunityOf(code);
        if (!communities.TryGetValue(community, out var there))
            communities[community] = there = store.Read(s =>
                s.Scalar<long>("SELECT COUNT(*) FROM place WHERE owner = @owner AND code = @community", new { owner = PlaceCode.OwnerOf(code), community })) > 0;
        return there ? code : PlaceUnknown.Of(code, "residence");
    }

    public bool IsDivision(string division) => divisions.Contains(division) || divisions.Count == 0;
}
