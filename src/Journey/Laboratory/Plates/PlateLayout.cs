using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Laboratory.Files;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>What is in one well: a tube by its code, or a control.</summary>
/// <param name="Tube">The tube's printed code; null in a control's well.</param>
/// <param name="Role">The control's role; null in a tube's well.</param>
public sealed record LayoutWell(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Tube,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] WellRole? Role);

/// <summary>A row of <c>plate_layout</c>: which tube is in which well 布板.</summary>
public sealed class PlateLayout
{
    internal static readonly Table<PlateLayout> Rows = new("plate_layout",
        new("owner", ColumnType.Text, r => r.Owner, Key: true),
        new("id", ColumnType.Uuid, r => r.Id, Key: true),
        new("lab", ColumnType.Uuid, r => r.Lab),
        new("name", ColumnType.Text, r => r.Name),
        new("wells", ColumnType.Text, r => r.Wells),
        new("imported_at", ColumnType.Big, r => r.ImportedAt));

    public string Owner { get; init; } = "";

    public Guid Id { get; init; }

    public Guid Lab { get; init; }

    /// <summary>The plate's name or barcode; one layout per name and laboratory.</summary>
    public string Name { get; init; } = "";

    /// <summary>JSON: well → <see cref="LayoutWell"/>.</summary>
    public string Wells { get; init; } = "{}";

    public DateTimeOffset ImportedAt { get; init; }

    internal Dictionary<string, LayoutWell> ByWell() => JsonSerializer.Deserialize<Dictionary<string, LayoutWell>>(Wells, JsonSerializerOptions.Web)!;

    internal static string ToJson(IReadOnlyDictionary<string, LayoutWell> wells) => JsonSerializer.Serialize(wells, JsonSerializerOptions.Web);

    internal static PlateLayout? Named(Session session, LaboratoryRow lab, string name) => session.One<PlateLayout>(
        "SELECT * FROM plate_layout WHERE owner = @Owner AND lab = @Id AND name = @name", new { lab.Owner, lab.Id, name });
}

/// <summary>A line or well that was refused, and why.</summary>
/// <param name="Place">"line 7", or the well.</param>
/// <param name="Well">The well, where one is known; else empty.</param>
public sealed record RefusedWell(string Place, string Well, string Code, string Sentence, string Chinese);
