using Xunit;

namespace Qipan.Architecture;

public sealed class ReferenceOrderTests
{
    [Fact]
    public void A_project_names_only_projects_that_stand_before_it() => Assert.Empty(Wrong(Tree.Projects()));

    [Fact]
    public void A_reference_against_the_journey_is_seen()
    {
        var broken = Tree.Projects();
        broken["Sampling"] = [.. broken["Sampling"], "Laboratory"];
        Assert.Equal(["Sampling names Laboratory, which stands after it"], Wrong(broken));
    }

    [Fact]
    public void A_project_that_stands_nowhere_in_the_order_is_seen() => Assert.Equal(
        ["Helpers stands nowhere in the order of references"], Wrong(new Dictionary<string, string[]> { ["Helpers"] = [] }));

    [Fact]
    public void Sql_is_spoken_by_the_store_and_the_journey_alone()
    {
        string[] tongues = ["Npgsql", "Microsoft.Data.Sqlite"];
        var speakers = Tree.Files(".cs").Where(f => f.StartsWith("src/", StringComparison.Ordinal) && !f.StartsWith("src/Storage/", StringComparison.Ordinal))
            .Where(f => tongues.Any(t => Tree.Read(f).Contains(t)));
        Assert.Empty(speakers);
    }

    static List<string> Wrong(Dictionary<string, string[]> projects)
    {
        var wrong = new List<string>();
        foreach (var (name, references) in projects)
        {
            var place = Array.IndexOf(Tree.Order, name);
            if (place < 0)
                wrong.Add($"{name} stands nowhere in the order of references");
            wrong.AddRange(references.Where(r => Array.IndexOf(Tree.Order, r) >= place).Select(r => $"{name} names {r}, which stands after it"));
        }
        return wrong;
    }
}
