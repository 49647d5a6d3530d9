using System.Globalization;
using Microsoft.AspNetCore.Http;
using Qipan.Cases;
using Qipan.Consoles.Shell;

namespace Qipan.Consoles.ChainDesk;

/// <summary>What the address of a page of chains says.</summary>
public sealed class ChainAsked
{
    public string? Area { get; init; }

    /// <summary>yyyy-MM-dd; what is no day is left out.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>A place code, or the beginning of one.</summary>
    public string? Place { get; init; }

    public string? Cluster { get; init; }

    /// <summary>A CaseClass by its name.</summary>
    public string? Class { get; init; }

    /// <summary>sources or tails.</summary>
    public string? Open { get; init; }

    /// <summary>A case's number: its chain alone.</summary>
    public string? Case { get; init; }

    /// <summary>How many rows the pages before have shown.</summary>
    public string? After { get; init; }

    internal int Skip => int.TryParse(After, NumberStyles.None, CultureInfo.InvariantCulture, out var many) ? many : 0;

    internal ChainFilter Filter() => new()
    {
        From = Day(From),
        To = Day(To),
        Place = Word(Place),
        Cluster = Guid.TryParse(Cluster, out var cluster) ? cluster : null,
        Class = Enum.TryParse<CaseClass>(Class, out var one) && Enum.IsDefined(one) ? one : null,
        Open = Open is "sources" or "tails" ? Open : null,
    };

    static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static string? Word(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>Addresses of the pages of chains.</summary>
static class ChainAddress
{
    public static string Of(string disease, string rest = "") => $"/chains/{Uri.EscapeDataString(disease)}{rest}";

    /// <summary>Where the columns of the picture are.</summary>
    public static string Columns(string disease) => $"/api/chains/{Uri.EscapeDataString(disease)}/columns";

    /// <summary>The address with the parts of the asked territory that are to be kept.</summary>
    public static string WithArea(string address, Territory territory) =>
        territory.Code.Length == 0 || territory.Code == territory.Own[0] ? address : address + QueryString.Create("area", territory.Code);
}
