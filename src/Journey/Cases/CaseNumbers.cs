using System.Globalization;
using Qipan.Storage;

namespace Qipan.Cases;

/// <summary>Running numbers of one unit: per county and year, without gaps, because a county's units run one after the other.</summary>
sealed class CaseNumbers(WriteSession session)
{
    readonly Dictionary<(string Owner, int Year), long> last = [];

    public string Next(string owner, int year)
    {
        if (!last.TryGetValue((owner, year), out var number))
            number = session.One<long?>("SELECT last FROM case_counter WHERE owner = @owner AND year = @year", new { owner, year }) ?? 0;
        last[(owner, year)] = ++number;
        return string.Create(CultureInfo.InvariantCulture, $"{owner}-{year:0000}-{number:00000}");
    }

    /// <summary>Writes how far the numbers went.</summary>
    public void Keep()
    {
        foreach (var ((owner, year), number) in last)
            session.Execute("""
                INSERT INTO case_counter (owner, year, last) VALUES (@owner, @year, @number)
                ON CONFLICT (owner, year) DO UPDATE SET last = excluded.last
                """, new { owner, year, number });
    }
}
