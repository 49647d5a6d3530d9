using Qipan.Cases;
using Qipan.Registers;
using Xunit;

namespace Qipan.Unit.Cases.Reading;

/// <summary>Plain English lists.</summary>
public sealed class EnglishItineraryTests
{
    [Fact]
    public void A_list_of_days_becomes_stays()
    {
        var read = Texts.Read("""
            Case 4: Adam Sample, male, 52 years old, lives in Northtown
            24 March 2022 15:00 arrived at Northtown South toll gate; 16:57 petrol station on Ring Road
            2022-03-24 21:30-22:11 rest at Hillside service area, no mask
            Mar 25 - stayed at home all day
            26 March, afternoon: took bus 318 to City Hospital with his wife; 3 pm - 4:30 pm had lunch at Blue Lake Restaurant
            the next day 9:00 went to Westend Market for shopping, then walked home
            28 March: train G801 coach 5 seat 1D from Northtown to Southport; about 20:00 dinner with friends at the Harbour Hotel
            """);
        var person = Assert.Single(read.Persons);
        Assert.Equal(("4", Sex.Male, 52), (person.CaseNo, person.Sex, person.Age));
        Assert.Equal(
            [
                "03-24 15:00 Northtown South toll gate", "03-24 16:57 petrol station on Ring Road",
                    "03-24 21:30-22:11 Hillside service area", "03-25 Home",
                "03-26 Afternoon City Hospital", "03-26 15:00-16:30 Blue Lake Restaurant", "03-27 09:00 Westend Market", "03-27 then home",
                    "03-28 Southport",
                "03-28 20:00 ~ the Harbour Hotel",
            ],
            person.Stays.Select(s => $"{s.Time.Short()} {s.Place ?? s.PlaceKind.ToString()}"));
        Assert.Equal(Protection.NoMask, person.Stays[2].Protection);
        Assert.Equal(("318", TransportKind.Bus), (person.Stays[4].Rides[0].Number, person.Stays[4].Rides[0].Transport));
        Assert.Equal(("G801", "5", "1"), person.Stays[8].Rides.Where(r => r.Number is not null)
            .Select(r => (r.Number, r.Coach, r.Seats[0].Row)).Single());
        Assert.Empty(read.Unread);
    }

    [Theory]
    [InlineData("visited City Hospital on 3 March at 3 pm", "03-03 15:00")]
    [InlineData("3rd of March, 2022, 10:15 am: City Hospital", "03-03 10:15")]
    [InlineData("March 3, from 9:00 to 11:30 at City Hospital", "03-03 09:00-11:30")]
    [InlineData("3 March noon at City Hospital", "03-03 Noon")]
    public void Times_stand_before_and_after(string text, string time) => Assert.Equal(time, Assert.Single(Texts.Stays(text)).Time.Short());
}
