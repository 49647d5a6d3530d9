using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Server.Exports;

/// <summary>Writes a list out, for a stated purpose. The access log has it before the first row leaves (P-01, P-07).</summary>
/// <param name="Kind">persons, duties or registrations.</param>
/// <param name="Territory">A place code; empty is everything.</param>
/// <param name="Purpose">From the closed list.</param>
/// <param name="Json">JSON instead of CSV.</param>
public sealed record ExportList(string Kind, string Territory, Purpose Purpose, bool Json);

/// <summary>Streams: memory does not grow with the list.</summary>
public sealed class ExportListHandler(Store store)
{
    /// <summary>The kinds that there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. ExportKinds.All.Select(k => k.Kind)];

    /// <summary>Writes the rows to <paramref name="output"/> and returns how many they were.</summary>
    public async Task<Outcome<long>> Handle(ExportList command, Actor actor, TextWriter output)
    {
        if (ExportKinds.Named(command.Kind) is not { } kind)
            return new ExportKindUnknown();
        var arguments = new { from = command.Territory, beyond = command.Territory + "~" };
        var within = command.Territory.Length == 0 ? "" : $" WHERE {kind.Area} >= @from AND {kind.Area} < @beyond";
        var owners = store.Read(s => s.Query<string>($"SELECT DISTINCT owner FROM {kind.Table}{within}", arguments));
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
        return store.Read(session =>
        {
            var rows = RowWriter.Of(command.Json, output, kind.Columns);
            rows.Begin();
            var count = 0L;
            foreach (var row in session.Stream<object>($"SELECT {string.Join(", ", kind.Columns.Select(c => c.Name))} FROM {kind.Table}{within}", arguments))
            {
                rows.Row((IDictionary<string, object?>)row);
                count++;
            }
            rows.End();
            return count;
        });
    }
}

/// <summary>No list of this name can be exported.</summary>
public sealed record ExportKindUnknown() : Refusal("export_kind_unknown", RefusalKind.Invalid,
    "There is no such list. `qipan export --help` names them.", "没有该清单，可导出的清单见 qipan export --help。");
