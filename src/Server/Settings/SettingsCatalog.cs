using System.Reflection;
using Qipan.Cases;
using Qipan.Consoles;
using Qipan.Duties;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Laboratory;
using Qipan.LineLists;
using Qipan.Registers;
using Qipan.Sampling;
using Qipan.Server.Presence;
using Qipan.Situation;
using Qipan.Storage;
using Qipan.Tracing;

namespace Qipan.Server.Settings;

/// <summary>One setting as it stands: what it is, what holds, and who said so.</summary>
/// <param name="Name">section.property in lower camel case: storage.connection.</param>
/// <param name="Value">As printed; a secret that is set prints as •••.</param>
/// <param name="Source">default, qipan.json, the environment variable's name, or flag.</param>
/// <param name="Sentence">What it does.</param>
public sealed record EffectiveSetting(string Name, string Value, string Source, string Sentence);

/// <summary>The one list of settings records; a module's record is added here when the module lands.</summary>
public static class SettingsCatalog
{
    public static IReadOnlyList<(string Section, Type Record)> Sections { get; } =
    [
        ("storage", typeof(StorageSettings)),
        ("server", typeof(ServerSettings)),
        ("registers", typeof(RegistersSettings)),
        ("duties", typeof(DutiesSettings)),
        ("intake", typeof(IntakeSettings)),
        ("sampling", typeof(SamplingSettings)),
        ("laboratory", typeof(LaboratorySettings)),
        ("cases", typeof(CasesSettings)),
        ("tracing", typeof(TracingSettings)),
        ("lineLists", typeof(LineListsSettings)),
        ("situation", typeof(SituationSettings)),
        ("presence", typeof(PresenceSettings)),
        ("consoles", typeof(ConsolesSettings)),
    ];

    internal static IEnumerable<(string Section, Type Record, PropertyInfo Property)> Properties() =>
        from s in Sections
        from p in s.Record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where p.SetMethod is not null
        select (s.Section, s.Record, p);

    internal static string NameOf(string section, PropertyInfo property) => $"{section}.{Camel(property.Name)}";

    internal static string VariableOf(string section, PropertyInfo property) =>
        $"QIPAN_{section.ToUpperInvariant()}__{property.Name.ToUpperInvariant()}";

    internal static bool IsSecret(PropertyInfo property) => property.GetCustomAttribute<SecretAttribute>() is not null;

    static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
