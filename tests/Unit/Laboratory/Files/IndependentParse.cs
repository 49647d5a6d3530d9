using System.Text.Json;

namespace Qipan.Unit.Laboratory.Files;

/// <summary>One measurement of the independent parse that lies beside a real file.</summary>
/// <param name="Role">"unknown sample role", "control sample role", "standard sample role"; null where the parse has none.</param>
sealed record Measurement(string Well, string Sample, string Target, string? Role, double? Ct, string? Dye);

/// <summary>Reads the independent `.json` (Allotrope simple model, qPCR) of a real file.</summary>
static class IndependentParse
{
    public static IReadOnlyList<Measurement> Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return
        [
            .. from document in json.RootElement.GetProperty("qpcr aggregate document").GetProperty("qpcr document").EnumerateArray()
               from measured in document.GetProperty("measurement aggregate document").GetProperty("measurement document").EnumerateArray()
               select Measurement(measured),
        ];
    }

    static Measurement Measurement(JsonElement measured)
    {
        var sample = measured.GetProperty("sample document");
        var processed = measured.GetProperty("processed data aggregate document").GetProperty("processed data document");
        var result = processed[0].TryGetProperty("cycle threshold result (qPCR)", out var ct) ? ct.GetProperty("value") : default;
        var device = measured.GetProperty("device control aggregate document").GetProperty("device control document")[0];
        return new Measurement(
            sample.GetProperty("well location identifier").GetString()!,
            sample.GetProperty("sample identifier").GetString()!,
            measured.GetProperty("target DNA description").GetString()!,
            sample.TryGetProperty("sample role type", out var role) ? role.GetString() : null,
            result.ValueKind == JsonValueKind.Number ? result.GetDouble() : null,
            device.TryGetProperty("reporter dye setting", out var dye) ? dye.GetString() : null);
    }
}
