using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Cases;

/// <summary>A discharged case is positive again 复阳, by a sample that this program did not test itself.</summary>
public sealed record RecordRepositive(Guid Case, DateTimeOffset At, string? Note = null, Guid? Sample = null);

public sealed class RecordRepositiveHandler(CaseActs acts, LocalDays days)
{
    public Task<Outcome<CaseStatus>> Handle(Caller caller, RecordRepositive command) => acts.Do<CaseStatus>(caller, command.Case, (session, row) =>
    {
        if (command.At > session.Now)
            return CaseRefusals.Future("at", "time of the sample", "采样时间");
        if (!Repositives.After(row, command.At, days))
            return CaseRefusals.RepositiveTooEarly;
        new Repositives(days).Add(session, row, command.At, "report", (command.Sample ?? session.NewId()).ToString("N"), command.Note);
        return CaseStatus.Of(session.One<CaseRow>("SELECT * FROM case_record WHERE owner = @Owner AND id = @Id", new { row.Owner, row.Id })!);
    });
}
