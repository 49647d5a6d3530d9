using System.Text.Json;
using System.Text.Json.Serialization;
using Qipan.Contracts;
using Qipan.Intake;
using Qipan.Kernel;
using Qipan.Registers;
using Qipan.Storage;

namespace Qipan.Sampling;

/// <summary>Reads the facts of sampling from the wire and refuses those that nobody could use, live or reported.</summary>
sealed class FactPayloads(Keyring keyring)
{
    const int LongestCode = 40;
    const int LongestText = 200;
    const int MostInTube = 100;
    const int MostInBox = 1000;

    public static IReadOnlyList<string> Kinds { get; } =
    [
        "session_opened", "session_closed", "tube_opened", "sample_registered", "sample_voided", "tube_sealed", "tube_voided",
        "box_opened", "tube_boxed", "box_closed", "box_handed_over", "antigen_read",
    ];

    public Outcome<object> Read(string kind, ReadOnlySpan<byte> json) => kind switch
    {
        "sample_registered" => Of(JsonSerializer.Deserialize(json, FactJson.Default.SampleRegistered)!),
        "tube_opened" => Of(JsonSerializer.Deserialize(json, FactJson.Default.TubeOpened)!),
        "tube_sealed" => Of(JsonSerializer.Deserialize(json, FactJson.Default.TubeSealed)!),
        "tube_boxed" => Of(JsonSerializer.Deserialize(json, FactJson.Default.TubeBoxed)!),
        "sample_voided" => Of(JsonSerializer.Deserialize(json, FactJson.Default.SampleVoided)!),
        "tube_voided" => Of(JsonSerializer.Deserialize(json, FactJson.Default.TubeVoided)!),
        "box_opened" => Of(JsonSerializer.Deserialize(json, FactJson.Default.BoxOpened)!),
        "box_closed" => Of(JsonSerializer.Deserialize(json, FactJson.Default.BoxClosed)!),
        "box_handed_over" => Of(JsonSerializer.Deserialize(json, FactJson.Default.BoxHandedOver)!),
        "session_opened" => Of(JsonSerializer.Deserialize(json, FactJson.Default.SessionOpened)!),
        "session_closed" => Of(JsonSerializer.Deserialize(json, FactJson.Default.SessionClosed)!),
        "antigen_read" => Of(JsonSerializer.Deserialize(json, FactJson.Default.AntigenRead)!),
        _ => new FactKindUnknown(),
    };

    Outcome<object> Of(SampleRegistered f)
    {
        if (f.Tube == Guid.Empty)
            return Missing("tube");
        if (f.Position is < 0 or > MostInTube)
            return Wrong("position");
        Specimen? specimen = f.Specimen switch
        {
            null => Specimen.None,
            "nasopharyngeal" => Specimen.Nasopharyngeal,
            "oropharyngeal" => Specimen.Oropharyngeal,
            "nasal" => Specimen.Nasal,
            "environment" => Specimen.Environment,
            "object" => Specimen.Object,
            _ => null,
        };
        if (specimen is null)
            return Wrong("specimen");
        IdMethod? method = f.IdMethod switch
        {
            null or "none" => IdMethod.None,
            "id_card_swipe" => IdMethod.IdCardSwipe,
            "code" => IdMethod.Code,
            "manual" => IdMethod.Manual,
            "proxy" => IdMethod.Proxy,
            _ => null,
        };
        if (method is null)
            return Wrong("idMethod");
        var who = WhoIs(f.Person, f.Id);
        return who.Ok ? new Sampling(f.Tube, who.Value, f.Position, specimen.Value, method.Value) : who.Refusal;
    }

    static Outcome<object> Of(TubeOpened f)
    {
        if (Code(f.Code) is not { } code)
            return Wrong("code");
        if (f.TubeKind is not (1 or 5 or 10 or 20 or 99))
            return Wrong("tubeKind");
        if (f.Capacity is < 1 or > MostInTube)
            return Wrong("capacity");
        return new TubeOpening(code, f.Round, (TubeKind)f.TubeKind, f.Capacity ?? f.TubeKind, f.Session, f.Priority is > 0 ? 1 : 0, f.Alert);
    }

    static Outcome<object> Of(TubeSealed f) => f.Tube == Guid.Empty ? Missing("tube")
        : f.Seal is { Length: > LongestCode } ? Wrong("seal") : new TubeSealing(f.Tube, f.Seal);

    static Outcome<object> Of(TubeBoxed f) => f.Tube == Guid.Empty ? Missing("tube") : f.Box == Guid.Empty ? Missing("box") : new TubeBoxing(f.Tube, f.Box);

    static Outcome<object> Of(SampleVoided f) => f.Registration == Guid.Empty ? Missing("registration") : f.Tube == Guid.Empty ? Missing("tube")
        : f.Reason is not { Length: > 0 and <= LongestText } ? Wrong("reason") : new SampleVoiding(f.Registration, f.Tube, f.Reason);

    static Outcome<object> Of(TubeVoided f) => f.Tube == Guid.Empty ? Missing("tube")
        : f.Reason is not { Length: > 0 and <= LongestText } ? Wrong("reason") : new TubeVoiding(f.Tube, f.Reason);

    static Outcome<object> Of(BoxOpened f) => Code(f.Code) is not { } code ? Wrong("code")
        : f.Capacity is < 1 or > MostInBox ? Wrong("capacity") : new BoxOpening(code, f.Capacity, f.Lab);

    static Outcome<object> Of(BoxClosed f) => f.Box == Guid.Empty ? Missing("box")
        : f.Seal is { Length: > LongestCode } ? Wrong("seal") : new BoxClosing(f.Box, f.Seal);

    static Outcome<object> Of(BoxHandedOver f)
    {
        if (f.Box == Guid.Empty)
            return Missing("box");
        if (!IsHolder(f.ToHolder))
            return Wrong("toHolder");
        if (f.FromHolder is { Length: > 0 } && !IsHolder(f.FromHolder))
            return Wrong("fromHolder");
        if (string.IsNullOrEmpty(f.FromSignature) && string.IsNullOrEmpty(f.ToSignature))
            return Missing("fromSignature");
        if (!IsSignature(f.FromSignature))
            return Wrong("fromSignature");
        if (!IsSignature(f.ToSignature))
            return Wrong("toSignature");
        return new BoxHandover(f.Box, f.FromHolder ?? "", Empty(f.FromSignature), f.ToHolder, Empty(f.ToSignature));
    }

    static Outcome<object> Of(SessionOpened f) =>
        f.Desk is { Length: > LongestCode } || f.Collector is { Length: > LongestCode } || f.Registrar is { Length: > LongestCode }
            ? Wrong("desk") : new SessionOpening(f.Point, f.Round, f.Desk ?? "", f.Collector ?? "", f.Registrar ?? "");

    static Outcome<object> Of(SessionClosed f) => f.Session == Guid.Empty ? Missing("session") : new SessionClosing(f.Session);

    Outcome<object> Of(AntigenRead f)
    {
        AntigenResult? result = f.Result switch
        {
            "negative" => AntigenResult.Negative,
            "positive" => AntigenResult.Positive,
            "invalid" => AntigenResult.Invalid,
            _ => null,
        };
        if (result is null)
            return Wrong("result");
        if (f.KitLot is { Length: > LongestCode })
            return Wrong("kitLot");
        var who = WhoIs(f.Person, f.Id);
        return who.Ok ? new AntigenReading(f.Round, who.Value, result.Value, f.KitLot ?? "", f.Self) : who.Refusal;
    }

    /// <summary>
    /// An id that nobody has, and a document that nobody holds, become a temporary identity whose id follows from them, so that two
    /// tubes of the same unknown person are seen as two tubes of one person (INV-01, INV-19).
    /// </summary>
    Outcome<Who> WhoIs(WirePerson? person, Guid fact)
    {
        if (person is null)
            return Missing("person");
        if (person.Name is { Length: > LongestText } || person.Descriptors is { Length: > 4 * LongestText } || person.Birth is { Length: > 10 }
            || person.Residence is { Length: > 80 })
            return Wrong("person");
        Guid? key = null;
        if (person.Id is null && person.DocNo is { } number)
        {
            if (number.Length > LongestCode || DocumentKeys.Normal(number).Length < 3)
                return Wrong("person.docNo");
            key = DocumentKeys.Of(keyring, (DocType)(person.DocType ?? (int)DocType.IdCard), number);
        }
        if (person.Id is null && key is null && string.IsNullOrWhiteSpace(person.Name) && string.IsNullOrWhiteSpace(person.Descriptors))
            return Missing("person.descriptors");
        return new Who
        {
            Id = person.Id,
            DocumentKey = key,
            IfUnknown = new NewTemporaryPerson
            {
                Id = person.Id ?? key ?? fact,
                Name = person.Name,
                Sex = person.Sex is 1 or 2 or 9 ? (Sex)person.Sex : Sex.Unknown,
                Birth = person.Birth,
                Descriptors = person.Descriptors ?? "",
                Residence = person.Residence ?? "",
                Guardian = person.Guardian,
                Source = "sampling",
            },
        };
    }

    static string? Code(string? text) => text?.Trim() is { Length: >= 4 and <= LongestCode } code
        && code.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? code.ToUpperInvariant() : null;

    static bool IsHolder(string? holder) => holder is { Length: > 5 and <= LongestCode }
        && (holder.StartsWith("staff:", StringComparison.Ordinal) || holder.StartsWith("device:", StringComparison.Ordinal)
            || holder.StartsWith("unit:", StringComparison.Ordinal));

    /// <summary>Nothing, or a signer, a colon and a proof. What the proof proves is the device's matter: docs/formats/intake.md.</summary>
    static bool IsSignature(string? signature) => string.IsNullOrEmpty(signature)
        || (signature.Length <= LongestText && signature.LastIndexOf(':') is > 0 and var colon && IsHolder(signature[..colon])
            && signature.AsSpan(colon + 1).Trim().Length > 0 && !signature.AsSpan().ContainsAnyInRange('\0', '\x1F'));

    static string? Empty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    static FactFieldInvalid Missing(string field) => new(field, "is missing", "缺失") { Field = field };

    static FactFieldInvalid Wrong(string field) => new(field, "is not one of the values that docs/formats/intake.md allows", "不在接口文档允许的取值范围内") { Field = field };
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(SessionOpened))]
[JsonSerializable(typeof(SessionClosed))]
[JsonSerializable(typeof(TubeOpened))]
[JsonSerializable(typeof(SampleRegistered))]
[JsonSerializable(typeof(SampleVoided))]
[JsonSerializable(typeof(TubeSealed))]
[JsonSerializable(typeof(TubeVoided))]
[JsonSerializable(typeof(BoxOpened))]
[JsonSerializable(typeof(TubeBoxed))]
[JsonSerializable(typeof(BoxClosed))]
[JsonSerializable(typeof(BoxHandedOver))]
[JsonSerializable(typeof(AntigenRead))]
[JsonSerializable(typeof(ClaimNote))]
sealed partial class FactJson : JsonSerializerContext;
