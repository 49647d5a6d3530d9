using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Qipan.Drill.Actors;
using Qipan.Drill.City;
using Qipan.Drill.Founding;
using Qipan.Kernel;
using Qipan.Storage;

namespace Qipan.Cli.Commands;

/// <summary>The places that a drill stands on: somebody's own, from files or from a data folder, whose persons are not touched.</summary>
/// <param name="Files">What `qipan import places` reads, from above to below; name and content.</param>
/// <param name="At">Only what lies at this code; empty: everything.</param>
/// <param name="People">How many are invented.</param>
/// <param name="Seed">The same seed invents the same people.</param>
/// <param name="Protocols">A folder of protocols to drill by; null: those for exercises.</param>
sealed record DrillGround(IReadOnlyList<(string Name, byte[] Content)> Files, string At, int People, int Seed, string? Protocols)
{
    /// <summary>Each has desks, a unit and devices; a drill of more is a drill of the machine.</summary>
    const int MostCommunities = 400;

    /// <summary>Places out of the data folder that a city works on; only codes, names and points leave it.</summary>
    public static async Task<Outcome<byte[]>> Of(string folder)
    {
        var opened = await OpenStore.Existing(Server.Settings.LoadedSettings.Load(folder));
        if (!opened.Ok)
            return opened.Refusal;
        await using var app = opened.Value;
        var places = app.Services.GetRequiredService<Store>().Read(s => s.Query<Line>("SELECT code, name, name_en, lat, lon FROM place ORDER BY length(code), code"));
        var file = new StringBuilder("code,name,name_en,lat,lon\n");
        foreach (var place in places)
            file.Append(CultureInfo.InvariantCulture, $"{place.Code},{Quoted(place.Name)},{Quoted(place.NameEn)},{place.Lat},{place.Lon}\n");
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    /// <summary>Imports the places, and invents who lives there.</summary>
    public async Task<FictionalCity> Settle(StaffMember administrator, DateOnly today, CancellationToken stop)
    {
        foreach (var (name, content) in Files)
            await administrator.PostFile($"/api/registers/imports/places?name={Uri.EscapeDataString(name)}", content, "text/csv", stop);
        var places = await OwnPlaces.Read(administrator, At, MostCommunities, stop);
        var communities = places.Count(p => p.Code.Length == 12);
        return communities switch
        {
            0 => throw new GroundRefusedException(new NoCommunities()),
            > MostCommunities => throw new GroundRefusedException(new TooManyCommunities(MostCommunities)),
            _ => FictionalCity.On(OwnPlaces.Plan(places, People, Seed), places, today),
        };
    }

    static string Quoted(string? text) => text is null ? "" : text.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    sealed class Line
    {
        public string Code { get; init; } = "";

        public string Name { get; init; } = "";

        public string? NameEn { get; init; }

        public double? Lat { get; init; }

        public double? Lon { get; init; }
    }
}

/// <summary>Nobody can be settled on these places.</summary>
sealed class GroundRefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal => refusal;
}

/// <summary>The tree ends above the community.</summary>
sealed record NoCommunities() : Refusal("no_communities", RefusalKind.Invalid,
    "There is no community (12 digits) among these places, or none at the code that was given. Import the tree down to communities.",
    "所给地点中没有社区（12位编码），或指定编码下没有社区。请导入到社区一级的地点树。");

/// <summary>More than a drill sets desks up for.</summary>
sealed record TooManyCommunities(int Most) : Refusal("too_many_communities", RefusalKind.TooLarge,
    $"A drill takes at most {Most} communities. Name a county or a street with --at.", $"演练最多支持{Most}个社区，请用 --at 指定县或街道。");
