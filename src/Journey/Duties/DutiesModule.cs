using Qipan.Storage;

namespace Qipan.Duties;

/// <summary>The ledger of duties 任务台账: the third step's own tables and what the host wires.</summary>
public static class DutiesModule
{
    /// <summary>The tables of this module.</summary>
    public static ModuleSchema Schema { get; } = new("duties", typeof(DutiesModule).Assembly);
}
