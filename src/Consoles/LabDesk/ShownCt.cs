using System.Globalization;
using System.Text.Json;

namespace Qipan.Consoles.LabDesk;

/// <summary>The Ct of a result's genes as people write them: <c>ORF1ab 27.47 · N –</c>, a dash where none was determined.</summary>
static class ShownCt
{
    /// <param name="ct">JSON of target and Ct, as a result keeps it.</param>
    public static string Of(string ct) => string.Join(" · ", (JsonSerializer.Deserialize<Dictionary<string, double?>>(ct) ?? [])
        .Select(gene => $"{gene.Key} {gene.Value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–"}"));
}
