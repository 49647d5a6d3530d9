using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Qipan.Kernel;

namespace Qipan.Consoles.LabDesk;

/// <summary>The Ct values of a result as fields of a form: one field per gene, empty where the instrument determined none.</summary>
static class CtForm
{
    const string Prefix = "ct.";

    public static string NameOf(string gene) => Prefix + gene;

    /// <summary>Gene and Ct as typed, of the values that a result holds.</summary>
    public static List<(string Gene, string Ct)> Read(string json) => [.. (JsonSerializer.Deserialize<Dictionary<string, double?>>(json) ?? [])
        .Select(g => (g.Key, g.Value?.ToString("R", CultureInfo.InvariantCulture) ?? ""))];

    /// <summary>What was typed; refused where it is no number.</summary>
    public static Outcome<Dictionary<string, double?>> Of(IFormCollection form)
    {
        var genes = new Dictionary<string, double?>(StringComparer.Ordinal);
        foreach (var field in form.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var text = field.Value.ToString().Trim();
            if (text.Length == 0)
                genes[field.Key[Prefix.Length..]] = null;
            else if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ct))
                genes[field.Key[Prefix.Length..]] = ct;
            else
                return new CtWrong();
        }
        return genes;
    }
}

/// <summary>What was typed for a Ct is none.</summary>
sealed record CtWrong() : Refusal("ct_not_number", RefusalKind.Invalid,
    "A Ct is a number such as 31.5, with a point; leave it empty where none was determined.", "Ct 应为数字（如 31.5），未检出时留空。");
