using Qipan.Http;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>A laboratory 实验室 is registered, or its licence and rated capacity are corrected.</summary>
/// <param name="Owner">County, 6 digits.</param>
/// <param name="Unit">The unit whose staff works in it.</param>
/// <param name="Uscc">Unified social credit code 统一社会信用代码, with its check character.</param>
/// <param name="RatedCapacity">Tubes per day for each tube kind: 1, 5, 10, 20, 99.</param>
/// <param name="Operator">Who runs it from now on.</param>
/// <param name="State">Whether it works.</param>
/// <param name="Id">Null for a new one.</param>
public sealed record RegisterLaboratory(
    string Owner, UnitId Unit, string Name, string Uscc, string Licence, IReadOnlyDictionary<int, int> RatedCapacity, string Operator,
    LaboratoryState State = LaboratoryState.Working, Guid? Id = null);

/// <summary>Registers laboratories and keeps who ran each from when to when.</summary>
public sealed class RegisterLaboratoryHandler(Store store)
{
    static readonly int[] Kinds = [1, 5, 10, 20, 99];

    /// <summary>The laboratory's id.</summary>
    public Task<Outcome<Guid>> Handle(Caller caller, RegisterLaboratory command)
    {
        if ((caller.Must(Permission.Administer, command.Owner).Refusal ?? Check(command)) is { } refusal)
            return Task.FromResult<Outcome<Guid>>(refusal);
        return store.Write(new WriteScope(caller.Actor, command.Owner), session => Keep(session, command));
    }

    static Outcome<Guid> Keep(WriteSession session, RegisterLaboratory command)
    {
        if (command.Id is { } known && (Laboratories.ById(session, known) is not { } there || there.Owner != command.Owner))
            return LaboratoryRefusals.Unknown;
        var row = new LaboratoryRow
        {
            Owner = command.Owner,
            Id = command.Id ?? session.NewId(),
            Unit = command.Unit,
            Name = command.Name.Trim(),
            Uscc = command.Uscc.Trim(),
            Licence = command.Licence.Trim(),
            RatedCapacity = new RatedCapacity(command.RatedCapacity).ToJson(),
            State = command.State,
        };
        if (command.Id is null)
            session.Insert(LaboratoryRow.Rows, [row]);
        else
            session.Update(LaboratoryRow.Rows, [row]);
        Operators.Change(session, row, command.Operator.Trim());
        session.Trail(row.Owner, "register_laboratory", new Ref("laboratory", row.Id), detail: new { capacity = command.RatedCapacity, command.State });
        return row.Id;
    }

    static Refusal? Check(RegisterLaboratory command)
    {
        if (string.IsNullOrWhiteSpace(command.Name))
            return LaboratoryRefusals.Missing("name");
        if (string.IsNullOrWhiteSpace(command.Licence))
            return LaboratoryRefusals.Missing("licence");
        if (string.IsNullOrWhiteSpace(command.Operator))
            return LaboratoryRefusals.Missing("operator");
        if (command.RatedCapacity is null || command.RatedCapacity.Any(c => !Kinds.Contains(c.Key) || c.Value < 0))
            return LaboratoryRefusals.CapacityInvalid;
        return Kernel.Codes.CreditCode.Parse(command.Uscc).Ok ? null : LaboratoryRefusals.UsccInvalid;
    }
}

/// <summary>Who ran a laboratory when: a take-over closes one span and opens the next.</summary>
static class Operators
{
    static readonly Table<Span> Rows = new("laboratory_operator",
        new("owner", ColumnType.Text, s => s.Owner, Key: true),
        new("lab", ColumnType.Uuid, s => s.Lab, Key: true),
        new("from_at", ColumnType.Big, s => s.FromAt, Key: true),
        new("operator", ColumnType.Text, s => s.Operator),
        new("note", ColumnType.Text, _ => ""));

    public static void Change(WriteSession session, LaboratoryRow lab, string name)
    {
        var now = session.One<string>("SELECT operator FROM laboratory_operator WHERE owner = @Owner AND lab = @Id AND to_at IS NULL",
            new { lab.Owner, lab.Id });
        if (now == name)
            return;
        session.Execute("UPDATE laboratory_operator SET to_at = @Now WHERE owner = @Owner AND lab = @Id AND to_at IS NULL",
            new { lab.Owner, lab.Id, session.Now });
        session.Insert(Rows, [new Span(lab.Owner, lab.Id, session.Now, name)]);
    }

    sealed record Span(string Owner, Guid Lab, DateTimeOffset FromAt, string Operator);
}
