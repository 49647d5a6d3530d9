using System.Runtime.CompilerServices;
using Xunit;

namespace Qipan.Architecture;

public sealed class NameTests
{
    static readonly string[] Banned = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Dto", "Base", "Impl", "Service", "Facade", "Info"];

    [Fact]
    public void No_type_is_named_after_nothing() => Assert.Empty(Wrong(Tree.Assemblies.SelectMany(a => a.GetTypes())));

    [Fact]
    public void A_banned_name_is_seen() => Assert.Single(Wrong([typeof(TubeManager)]));

    /// <summary>Generated code names its own types.</summary>
    static IEnumerable<string> Wrong(IEnumerable<Type> types) => types
        .Where(t => !t.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !t.Name.Contains('<') && t.Namespace?.StartsWith("Qipan") == true)
        .Select(t => t.Name.Split('`')[0]).Where(n => Banned.Any(b => n.EndsWith(b, StringComparison.Ordinal)));

    sealed class TubeManager;
}
