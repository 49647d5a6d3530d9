using Qipan.Cases;
using Qipan.Kernel;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>When a case may have been infected, and when it may have infected others, by the protocol of its place and day.</summary>
/// <param name="InfectedFrom">As long before it fell ill as contacts are followed up.</param>
/// <param name="InfectiousFrom">Null where no protocol has a rule for contacts; then so is the end.</param>
public sealed record CaseWindow(DateOnly InfectedFrom, DateOnly InfectedTo, DateOnly? InfectiousFrom, DateOnly? InfectiousTo);

/// <summary>Asks the protocols for the windows of cases 暴露期、传染期. Safe for all threads.</summary>
public sealed class CaseWindows(ProtocolBook book, LocalDays days, TracingSettings settings, TimeProvider clock)
{
    public CaseWindow Of(CaseRow row)
    {
        var now = clock.GetUtcNow();
        var on = row.Onset ?? (row.FirstPositiveAt is { } sample ? days.DateOf(sample) : days.DateOf(row.FoundAt));
        var index = new IndexCase(row);
        var ruling = index.Ruling(book, days, now);
        var back = ruling is { Ok: true } held && held.Value.Followup is { Ok: true } followup ? followup.Value.Rule.Days : settings.SourceDays;
        if (ruling is not { Ok: true } || ruling.Value.Contact is not { Ok: true } contact)
            return new CaseWindow(on.AddDays(-back), on, null, null);
        var infectious = ExposureWindow.Of(contact.Value.Rule, days, index.Times, now);
        return new CaseWindow(on.AddDays(-back), on, days.DateOf(infectious.From), days.DateOf(infectious.To));
    }
}
