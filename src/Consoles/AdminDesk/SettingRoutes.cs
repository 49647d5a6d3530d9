using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Qipan.Consoles.Shell;
using Qipan.Http;

namespace Qipan.Consoles.AdminDesk;

/// <summary>One setting as it holds.</summary>
/// <param name="Name">section.name.</param>
/// <param name="Value">Masked where it is secret.</param>
/// <param name="Source">Who said so: the default, the file, the environment, a flag.</param>
/// <param name="Sentence">What it does, in English, as in docs/settings.md; the Chinese one stands in <c>Texts/settings-zh.txt</c>.</param>
public sealed record SettingShown(string Name, string Value, string Source, string Sentence);

/// <summary>The settings with which the server was started; the server gives them to the pages.</summary>
public sealed record SettingsShown(IReadOnlyList<SettingShown> All);

/// <summary>What was set, and where; settings are changed in the data folder and hold from the next start.</summary>
static class SettingRoutes
{
    public static void MapSettings(this IEndpointRouteBuilder app) => app.MapGet("/admin/settings", (SettingsShown settings) =>
        Page.Of<SettingsPage>(new { Settings = settings.All })).Needs(Permission.Administer);
}
