using System.Globalization;
using System.Text.Json;

namespace Qipan.Laboratory;

/// <summary>
/// How many tubes a laboratory is rated for on one day 核定检测能力, for each tube kind (1, 5, 10, 20, 99 household). A kind that
/// is not named is not rated, and any tube of it is above the capacity. Immutable.
/// </summary>
public sealed class RatedCapacity(IReadOnlyDictionary<int, int> tubesPerDay)
{
    public IReadOnlyDictionary<int, int> TubesPerDay => tubesPerDay;

    /// <summary>Tubes per day of a kind; 0 when it is not rated.</summary>
    public int Of(int tubeKind) => tubesPerDay.GetValueOrDefault(tubeKind);

    public string ToJson() => JsonSerializer.Serialize(
        tubesPerDay.OrderBy(p => p.Key).ToDictionary(p => p.Key.ToString(CultureInfo.InvariantCulture), p => p.Value));

    public static RatedCapacity FromJson(string json) => new(
        JsonSerializer.Deserialize<Dictionary<string, int>>(json)!.ToDictionary(p => int.Parse(p.Key, CultureInfo.InvariantCulture), p => p.Value));
}
