using System.Text.Json;

namespace Qipan.LineLists;

/// <summary>What a column of a list may be 字段. Mappings name them in snake_case.</summary>
enum ListField
{
    Id = 1,
    Name = 2,
    FirstName = 3,
    LastName = 4,
    Sex = 5,
    Birth = 6,
    Age = 7,
    DocType = 8,
    DocNo = 9,
    Phone = 10,
    Place = 11,
    Household = 12,
    Region = 13,
    Disease = 14,
    Class = 15,
    Severity = 16,
    Clinical = 17,
    Onset = 18,
    OnsetAbout = 19,
    Exposure = 20,
    Report = 21,
    FirstPositive = 22,
    Isolated = 23,
    Outcome = 24,
    OutcomeOn = 25,
    Death = 26,
    Discovery = 27,
    Origin = 28,
    Infector = 29,
    Situation = 30,
    Confidence = 31,
    From = 32,
    To = 33,
    Case = 34,
    FirstExposure = 35,
    LastExposure = 36,
    State = 37,
}

static class ListFields
{
    static readonly Dictionary<string, ListField> ByName = Enum.GetValues<ListField>().ToDictionary(NameOf, StringComparer.Ordinal);

    public static string NameOf(ListField field) => JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString());

    public static ListField? Named(string name) => ByName.TryGetValue(name, out var field) ? field : null;

    /// <summary>The field that a refusal is about, whichever module wrote it.</summary>
    public static ListField? OfRefusal(string? field) => field switch
    {
        null => null,
        "deathOn" => ListField.Death,
        "outcomeOn" => ListField.OutcomeOn,
        "firstPositiveAt" => ListField.FirstPositive,
        "isolatedAt" => ListField.Isolated,
        "residence" => ListField.Place,
        "docNo" => ListField.DocNo,
        "docType" => ListField.DocType,
        _ => Named(field),
    };

    /// <summary>The names of heads that are taken for one: letters and digits only, lower case.</summary>
    public static string Plain(string head) => string.Concat(head.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>What a list of this kind cannot do without.</summary>
    public static IReadOnlyList<ListField> Needed(ListKind kind) => kind switch
    {
        ListKind.Cases => [ListField.Id],
        ListKind.Contacts => [ListField.Id, ListField.Case],
        ListKind.Links => [ListField.From, ListField.To],
    };
}
