using System.Text.Encodings.Web;
using System.Text.Json;
using Qipan.Kernel;

namespace Qipan.Storage;

/// <summary>One line of the trail: who did what to what, when, on which fact and under which protocol.</summary>
public sealed class TrailRow
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static readonly Table<TrailRow> Rows = new("trail",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("at", ColumnType.Big, r => r.At),
        new("actor", ColumnType.Text, r => r.Actor),
        new("action", ColumnType.Text, r => r.Action),
        new("subject_kind", ColumnType.Text, r => r.SubjectKind),
        new("subject_id", ColumnType.Text, r => r.SubjectId),
        new("basis_kind", ColumnType.Text, r => r.BasisKind),
        new("basis_id", ColumnType.Text, r => r.BasisId),
        new("protocol", ColumnType.Text, r => r.Protocol),
        new("code", ColumnType.Text, r => r.Code),
        new("detail", ColumnType.Text, r => r.Detail));

    public required string Owner { get; init; }

    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Actor { get; init; }

    public required string Action { get; init; }

    public required string SubjectKind { get; init; }

    public required string SubjectId { get; init; }

    public string? BasisKind { get; init; }

    public string? BasisId { get; init; }

    /// <summary>The protocol under which it was decided, as id@version.</summary>
    public string? Protocol { get; init; }

    /// <summary>The version of the program that did it.</summary>
    public required string Code { get; init; }

    /// <summary>JSON; never personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>The program's version, as written into every line.</summary>
    public static string CodeVersion { get; } =
        typeof(TrailRow).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Everything that was done to the subject, oldest first.</summary>
    public static List<TrailRow> Of(Session session, Ref subject) => session.Query<TrailRow>(
        "SELECT * FROM trail WHERE subject_id = @Id AND subject_kind = @Kind ORDER BY at, id", new { subject.Id, subject.Kind });

    internal static void Append(WriteSession session, string owner, string action, Ref subject, Ref? basis, string? protocol, object? detail) =>
        session.Insert(Rows, [new TrailRow
        {
            Owner = owner,
            Id = session.NewId(),
            At = session.Now,
            Actor = session.Actor.ToString(),
            Action = action,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            BasisKind = basis?.Kind,
            BasisId = basis?.Id,
            Protocol = protocol,
            Code = CodeVersion,
            Detail = detail is null ? null : JsonSerializer.Serialize(detail, Json),
        }]);
}
