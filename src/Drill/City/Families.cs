namespace Qipan.Drill.City;

/// <summary>Fills rooms with households of one to four generations.</summary>
sealed class Families(Random random, DateOnly today, string division, bool byCensus = true)
{
    /// <summary>
    /// Shares of households: one person 27.0 %, a couple 29.5 % (one generation less singles), two generations 35.1 %, three and
    /// more 8.3 %: Chuanying district, census of 2020, National Bureau of Statistics.
    /// </summary>
    const double OnePerson = 0.2703, Couple = 0.5654, TwoGenerations = 0.9168;

    /// <summary>
    /// Weights of the bands 20-24, 25-29 … 80 and older among heads of households without children, fitted so that every band of five years of everybody is
    /// within about two points of the census of 2020 of Chuanying district (0-4 3.2 %, 5-9 3.9, 10-14 3.8, … 55-59 9.3, 60-64 8.0, 65-69 7.0, 80 and older 2.9).
    /// </summary>
    static readonly double[] Heads = [2.2, 0.2, 3.2, 2.6, 4.6, 7.0, 10.5, 17, 20, 18.5, 9.8, 4.8, 4.6];

    readonly Dictionary<(DateOnly Birth, int Sex), int> born = [];

    public Household MoveIn(string room, int households, int people)
    {
        var kind = random.NextDouble();
        var family = Names.Family(random);
        var head = kind >= Couple ? random.Next(26, 58) : byCensus ? Adult() : kind < OnePerson ? random.Next(20, 92) : random.Next(24, 88);
        var ages = new List<int> { head };
        if (kind >= OnePerson && random.NextDouble() < 0.9)
            ages.Add(Math.Max(20, head + random.Next(-4, 5)));
        if (kind >= Couple)
            for (var child = random.NextDouble() < 0.25 ? 2 : 1; child > 0; child--)
                ages.Add(Child(head - random.Next(22, 36)));
        if (kind >= TwoGenerations)
            ages.Add(Math.Min(98, head + random.Next(22, 34)));
        var phone = Names.Phone(households);
        var members = ages.Select((age, i) => Person(people + i + 1, i == 1 ? Names.Family(random) : family, age, phone, ages.Count)).ToList();
        return new Household(households + 1, room, members, phone);
    }

    /// <summary>The head of a household without children, so that all ages together are those of the census.</summary>
    int Adult()
    {
        var share = random.NextDouble() * Heads.Sum();
        var band = 0;
        while (band < Heads.Length - 1 && (share -= Heads[band]) >= 0)
            band++;
        return 20 + (band * 5) + random.Next(band == Heads.Length - 1 ? 10 : 5);
    }

    int Child(int age) => byCensus && age < 0 ? random.Next(2, 30) : Math.Clamp(age, 0, 30);

    /// <summary>A room of a campus: six students of one year and sex, or two of the staff.</summary>
    public Household Dormitory(string room, int households, int people)
    {
        var staff = random.NextDouble() < 0.12;
        var year = random.Next(18, 22);
        var sex = random.Next(2) + 1;
        var members = Enumerable.Range(1, staff ? 2 : 6)
            .Select(i => Person(people + i, Names.Family(random), staff ? random.Next(25, 60) : year, Names.Phone(households), 6, sex)).ToList();
        return new Household(households + 1, room, members, Names.Phone(households));
    }

    Citizen Person(int number, string family, int age, string householdPhone, int size, int given = 0)
    {
        var sex = given > 0 ? given : random.Next(2) + 1;
        var birth = today.AddYears(-age).AddDays(-random.Next(1, 365));
        var sequence = born[(birth, sex)] = born.GetValueOrDefault((birth, sex)) + 1;
        var groups = new List<string>();
        if (size == 1 && age >= 65)
            groups.Add("living_alone");
        if (sex == 2 && age is >= 22 and <= 40 && random.NextDouble() < 0.02)
            groups.Add("pregnant");
        if (age >= 30 && random.NextDouble() < 0.0007)
            groups.Add("dialysis");
        if (age <= 2)
            groups.Add("infant");
        // The elderly and children answer on the household's phone (INV-20).
        var phone = age is >= 14 and < 70 ? Names.Phone(5_000_000 + number) : householdPhone;
        return new Citizen(number, family + Names.GivenName(random), sex, birth, Names.Document(division, birth, sequence, sex), phone, groups);
    }
}
