using System.Globalization;
using System.Text;
using Qipan.Testing;
using Xunit;

namespace Qipan.Architecture;

/// <summary>
/// Enum numbers and names reach disk and wire. docs/frozen/enums.txt holds them: lines are added, and none that is there ever changes.
/// </summary>
public sealed class FrozenEnumTests
{
    const string Snapshot = "docs/frozen/enums.txt";

    [Fact]
    public void Every_public_enum_is_frozen_as_it_stands() => GoldenFile.Hold(Snapshot, Print());

    [Fact]
    public void Every_frozen_value_is_numbered_in_its_source()
    {
        var unnumbered = Enums().Where(e => Enum.GetNames(e).Length > 1 && !IsNumbered(e)).Select(e => e.Name).ToList();
        Assert.True(unnumbered.Count == 0, $"Give explicit numbers to: {string.Join(", ", unnumbered)}");
    }

    /// <summary>Kinds of the program's own inner workings that are neither stored nor sent.</summary>
    static readonly string[] Inner = ["Qipan.Storage.ColumnType", "Qipan.Storage.IfThere"];

    static IEnumerable<Type> Enums() => Tree.Assemblies.SelectMany(a => a.GetTypes())
        .Where(t => t.IsEnum && (t.IsPublic || t.Namespace?.StartsWith("Qipan.") == true) && !t.IsNestedPrivate && !Inner.Contains(t.FullName))
        .OrderBy(t => t.FullName, StringComparer.Ordinal);

    static string Print()
    {
        var text = new StringBuilder();
        foreach (var type in Enums())
            foreach (var value in Enum.GetValues(type))
                text.Append(CultureInfo.InvariantCulture, $"{type.FullName}.{value} = {Convert.ToInt64(value, CultureInfo.InvariantCulture)}\n");
        return text.ToString();
    }

    static bool IsNumbered(Type type)
    {
        var name = type.Name;
        var source = Tree.Files(".cs").Where(f => f.StartsWith("src/")).Select(Tree.Read)
            .FirstOrDefault(s => System.Text.RegularExpressions.Regex.IsMatch(s, $@"\benum {name}\b"));
        if (source is null)
            return false;
        var body = source[source.IndexOf($"enum {name}", StringComparison.Ordinal)..];
        body = body[..body.IndexOf('}', StringComparison.Ordinal)];
        return Enum.GetNames(type).All(v => System.Text.RegularExpressions.Regex.IsMatch(body, $@"\b{v} = (-?\d|1 <<)"));
    }
}
