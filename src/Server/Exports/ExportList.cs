using System.Globalization;
using Qipan.Kernel;
using Qipan.Kernel.Codes;
using Qipan.Storage;

namespace Qipan.Server.Exports;

/// <summary>Writes a list out, for a stated purpose. The access log has it before the first row leaves (P-01, P-07).</summary>
/// <param name="Kind">persons, duties, registrations or results.</param>
/// <param name="Territory">A place code; empty is everything.</param>
/// <param name="Purpose">From the closed list.</param>
/// <param name="Json">JSON instead of CSV.</param>
/// <param name="Round">Only rows of this round.</param>
/// <param name="From">Only rows of this day and later, in the deployment's time zone.</param>
/// <param name="To">Only rows of this day and earlier.</param>
public sealed record ExportList(
    string Kind, string Territory, Purpose Purpose, bool Json, Guid? Round = null, DateOnly? From = null, DateOnly? To = null);

/// <summary>Streams: memory does not grow with the list.</summary>
public sealed class ExportListHandler(Store store, LocalDays days)
{
    /// <summary>The kinds that there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. ExportKinds.All.Select(k => k.Kind)];

    /// <summary>Writes the rows to <paramref name="output"/> and returns how many they were.</summary>
    public async Task<Outcome<long>> Handle(ExportList command, Actor actor, TextWriter output)
    {
        if (ExportKinds.Named(command.Kind) is not { } kind)
            return new ExportKindUnknown();
        if ((command.Round is not null && kind.Round is null) || ((command.From ?? command.To) is not null && kind.Day is null))
            return new ExportFilterUnknown();
        if (command.Territory.Length > 0 && PlaceCode.Parse(command.Territory) is { Ok: false } wrong)
            return wrong.Refusal;
        var (within, arguments) = Within(command, kind);
        var owners = store.Read(s => s.Query<string>($"SELECT DISTINCT x.owner FROM {kind.Table}{within}", arguments));
        if (owners.Count > 0)
        {
            var logged = await store.Write(new WriteScope(actor, owners), session =>
            {
                foreach (var owner in owners)
                    AccessLog.Record(session, owner, command.Purpose, "export", new Ref(command.Kind, command.Territory), kind.Personal);
                return Outcome.Done;
            });
            if (!logged.Ok)
                return logged.Refusal;
        }
        var columns = string.Join(", ", kind.Columns.Select(c => $"{c.Sql ?? "x." + c.Name} AS {c.Name}"));
        return store.Read(session =>
        {
            var rows = RowWriter.Of(command.Json, output, kind.Columns);
            rows.Begin();
            var count = 0L;
            foreach (var row in session.Stream<object>($"SELECT {columns} FROM {kind.Table}{within}", arguments))
            {
                rows.Row((IDictionary<string, object?>)row);
                count++;
            }
            rows.End();
            return count;
        });
    }

    (string Sql, object Arguments) Within(ExportList command, ExportKind kind)
    {
        var conditions = new List<string>();
        if (command.Territory.Length > 0)
            conditions.Add(string.Format(CultureInfo.InvariantCulture, kind.Area, "substr(", string.Create(CultureInfo.InvariantCulture, $", 1, {command.Territory.Length}) = @territory")));
        if (command.Round is not null)
            conditions.Add($"{kind.Round} = @round");
        if (command.From is not null)
            conditions.Add($"{kind.Day} >= @from");
        if (command.To is not null)
            conditions.Add($"{kind.Day} < @until");
        return (conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions), new
        {
            territory = command.Territory,
            round = command.Round ?? Guid.Empty,
            from = command.From is { } from ? days.StartOf(from) : default(DateTimeOffset?),
            until = command.To is { } to ? days.EndOf(to) : default(DateTimeOffset?),
        });
    }
}

/// <summary>The list has no round, or no day.</summary>
public sealed record ExportFilterUnknown() : Refusal("export_filter_unknown", RefusalKind.Invalid,
    "Rows of this list are of no round, or of no day: leave that filter out.", "该清单的记录不分轮次或日期，请去掉该筛选条件。");

/// <summary>No list of this name can be exported.</summary>
public sealed record ExportKindUnknown() : Refusal("export_kind_unknown", RefusalKind.Invalid,
    "There is no such list. `qipan export --help` names them.", "没有该清单，可导出的清单见 qipan export --help。");
