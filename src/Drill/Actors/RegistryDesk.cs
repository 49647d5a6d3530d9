using System.Globalization;
using Qipan.Drill.City;

namespace Qipan.Drill.Actors;

/// <summary>
/// The desk of a community that registers people who came without their identity card: some of them are in the register already, under the card, and
/// stand in it twice from now on. The program parks such pairs, and a person decides.
/// </summary>
public sealed class RegistryDesk(StaffMember officer, Doors doors, FictionalCity city)
{
    int passports;

    /// <summary>Registers somebody of a community again, by a passport.</summary>
    public async Task Mistake(string community, Random random, CancellationToken cancel)
    {
        var there = city.Households.Where(h => h.Room.StartsWith(community, StringComparison.Ordinal)).SelectMany(h => h.Members.Select(m => (Home: h, Member: m)))
            .Where(p => p.Member.Birth.Year < 2000).ToList();
        if (there.Count == 0)
            return;
        var (home, citizen) = there[random.Next(there.Count)];
        var passport = string.Create(CultureInfo.InvariantCulture, $"E99{++passports:D6}");
        doors.Also(passport, citizen);
        await officer.Try("/api/registers/persons/", new
        {
            person = new
            {
                name = citizen.Name,
                sex = citizen.Sex.ToString(CultureInfo.InvariantCulture),
                birth = citizen.Birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                docType = "passport",
                docNo = passport,
                phones = citizen.Phone,
                residence = home.Room,
            },
        }, cancel);
    }
}
