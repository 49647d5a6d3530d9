namespace Qipan.Laboratory.Files;

/// <summary>What the task words of instruments mean.</summary>
static class Roles
{
    static readonly Dictionary<string, WellRole> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        // QuantStudio, ViiA 7, Design & Analysis
        ["UNKNOWN"] = WellRole.Sample,
        ["NTC"] = WellRole.NegativeControl,
        ["NAC"] = WellRole.NegativeControl,
        ["NEGATIVE_CONTROL"] = WellRole.NegativeControl,
        ["NEGATIVE CONTROL"] = WellRole.NegativeControl,
        ["STANDARD"] = WellRole.Standard,
        ["IPC"] = WellRole.InternalControl,
        ["BLOCKEDIPC"] = WellRole.BlockedInternalControl,
        ["BLOCKED_IPC"] = WellRole.BlockedInternalControl,
        ["BLOCKED IPC"] = WellRole.BlockedInternalControl,
        ["POSITIVE_CONTROL"] = WellRole.PositiveControl,
        ["POSITIVE CONTROL"] = WellRole.PositiveControl,
        ["POSITIVE"] = WellRole.PositiveControl,
        ["NEGATIVE"] = WellRole.NegativeControl,
        // CFX
        ["Unkn"] = WellRole.Sample,
        ["Std"] = WellRole.Standard,
        ["NRT"] = WellRole.NegativeControl,
        ["Pos Ctrl"] = WellRole.PositiveControl,
        ["Neg Ctrl"] = WellRole.NegativeControl,
        ["Pos"] = WellRole.PositiveControl,
        ["Neg"] = WellRole.NegativeControl,
        // RDML
        ["ntp"] = WellRole.NegativeControl,
        ["opt"] = WellRole.Other,
        // Chinese laboratories' own tables
        ["样本"] = WellRole.Sample,
        ["样品"] = WellRole.Sample,
        ["待测样本"] = WellRole.Sample,
        ["标准品"] = WellRole.Standard,
        ["阴性对照"] = WellRole.NegativeControl,
        ["空白对照"] = WellRole.NegativeControl,
        ["阳性对照"] = WellRole.PositiveControl,
        ["质控"] = WellRole.Other,
        ["内标"] = WellRole.InternalControl,
    };

    /// <summary>The meaning; CFX numbers its replicates ("Unkn-01"), so a number after a hyphen is left out.</summary>
    public static WellRole Of(string task)
    {
        if (Words.TryGetValue(task, out var role))
            return role;
        var hyphen = task.LastIndexOf('-');
        return hyphen > 0 && task.AsSpan(hyphen + 1).Trim().ContainsAnyExceptInRange('0', '9') == false
            && Words.TryGetValue(task[..hyphen].Trim(), out role)
            ? role : WellRole.Other;
    }
}
