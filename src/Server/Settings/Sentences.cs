using System.Reflection;
using System.Xml.Linq;

namespace Qipan.Server.Settings;

/// <summary>Reads summaries from the documentation file beside an assembly, so that a setting's sentence is written once.</summary>
static class Sentences
{
    static readonly System.Collections.Concurrent.ConcurrentDictionary<Assembly, Dictionary<string, string>> Files = new();

    /// <summary>The property's summary as one line; empty when the documentation file was not shipped.</summary>
    public static string Of(PropertyInfo property) =>
        Files.GetOrAdd(property.DeclaringType!.Assembly, Read).GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

    static Dictionary<string, string> Read(Assembly assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml");
        if (!File.Exists(path))
            return [];
        return XDocument.Load(path).Descendants("member").Where(m => m.Element("summary") is not null)
            .ToDictionary(m => (string)m.Attribute("name")!, m => Plain(m.Element("summary")!));
    }

    static string Plain(XElement summary) =>
        string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
