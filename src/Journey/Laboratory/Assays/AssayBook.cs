using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Kernel;
using Qipan.Laboratory.Files;
using Qipan.Protocols;
using Qipan.Storage;

namespace Qipan.Laboratory;

/// <summary>An assay with the identity under which runs store it.</summary>
sealed record KnownAssay(string Owner, string Id, int Version, Assay Assay, int LeastMinutes);

/// <summary>
/// Where assays come from: what the county's laboratories registered, then what comes with the program, then
/// <c>protocol:DISEASE</c>, the assay rule of the protocol in force. Whatever a run uses is kept as a row, so that its calls can be
/// computed again for ever.
/// </summary>
static class AssayBook
{
    const string FromProtocol = "protocol:";

    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter<ControlKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    public static string ToJson(Assay assay) => JsonSerializer.Serialize(assay, Json);

    public static Assay FromJson(string json) => JsonSerializer.Deserialize<Assay>(json, Json)
        ?? throw new CorruptException("assay.definition", "holds null");

    /// <summary>The assay of this id; the latest version unless one is named.</summary>
    public static Outcome<KnownAssay> Find(Session session, ProtocolBook book, string owner, string id, int? version, DateOnly on)
    {
        var row = session.One<AssayRow>("""
            SELECT * FROM assay WHERE owner = @owner AND id = @id AND (@version = 0 OR version = @version) ORDER BY version DESC LIMIT 1
            """, new { owner, id, version = (long)(version ?? 0) });
        if (row is not null && !id.StartsWith(FromProtocol, StringComparison.Ordinal))
            return Of(row);
        if (id.StartsWith(FromProtocol, StringComparison.Ordinal))
            return OfProtocol(book, owner, id, on);
        if (version is null or 1 && AssayFile.Named(id) is { Ok: true } packed)
            return new KnownAssay(owner, id, 1, packed.Value, LeastMinutes: 0);
        return LaboratoryRefusals.AssayUnknown;
    }

    /// <summary>The version that a run was judged by.</summary>
    public static KnownAssay Of(Session session, string owner, string id, int version) => Of(
        session.One<AssayRow>("SELECT * FROM assay WHERE owner = @owner AND id = @id AND version = @version", new { owner, id, version = (long)version })
        ?? throw new CorruptException($"assay {id} version {version}", "is named by a run and is not there"));

    /// <summary>Keeps the assay as a row. Refused when the version is there with another definition.</summary>
    public static Outcome<Done> Keep(WriteSession session, KnownAssay known, string kit = "")
    {
        var row = new AssayRow
        {
            Owner = known.Owner,
            Id = known.Id,
            Version = known.Version,
            Name = known.Assay.Name,
            Kit = kit,
            Definition = ToJson(known.Assay),
            LeastMinutes = known.LeastMinutes,
            CreatedAt = session.Now,
        };
        if (session.Insert(AssayRow.Rows, [row], IfThere.Skip) == 1)
            return Done.Value;
        var there = session.One<AssayRow>("SELECT * FROM assay WHERE owner = @Owner AND id = @Id AND version = @version",
            new { row.Owner, row.Id, version = (long)row.Version })!;
        return there.Definition == row.Definition && there.LeastMinutes == row.LeastMinutes ? Done.Value : LaboratoryRefusals.AssayVersionThere;
    }

    static KnownAssay Of(AssayRow row) => new(row.Owner, row.Id, row.Version, FromJson(row.Definition), row.LeastMinutes);

    static Outcome<KnownAssay> OfProtocol(ProtocolBook book, string owner, string id, DateOnly on)
    {
        var ruling = book.Resolve(id[FromProtocol.Length..], owner, on);
        if (!ruling.Ok)
            return ruling.Refusal;
        var ruled = ruling.Value.Assay;
        return ruled.Ok
            ? new KnownAssay(owner, $"{id}:{ruled.Value.Version.Id}", ruled.Value.Version.Version, FromRule(ruled.Value.Rule, id), LeastMinutes: 0)
            : ruled.Refusal;
    }

    /// <summary>The protocol's rule in the terms of the call rule. A protocol's cut-off excludes, the assay's includes.</summary>
    internal static Assay FromRule(AssayRule rule, string name) => new()
    {
        Name = name,
        CutOff = Math.BitDecrement(rule.CutoffCt),
        GreyAbove = rule.Grey is { } grey ? Math.BitDecrement(grey.FromCt) : null,
        Genes = [.. rule.Genes.Select(gene => new AssayGene { Name = gene })],
        GenesForPositive = rule.MinGenesPositive,
        InternalControl = rule.InternalControl is { } control
            ? new AssayInternalControl { Targets = [control.Target], CutOff = control.MaxCt, Required = true }
            : null,
        Controls = [.. rule.Controls.GroupBy(c => c.Role == ControlRole.Positive).Select(kind => new AssayControl
        {
            Kind = kind.Key ? ControlKind.Positive : ControlKind.Negative,
            Required = kind.Any(c => c.AtLeast > 0),
            MaxCt = kind.Key ? kind.Min(c => c.MaxCt) : null,
        })],
    };
}
