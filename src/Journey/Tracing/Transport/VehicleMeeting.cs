using System.Globalization;
using Qipan.Protocols;

namespace Qipan.Tracing;

/// <summary>Whether two people in a vehicle count as having met, by the protocol, and why.</summary>
/// <param name="IsContact">What the rule says; true where a seat is not known, because nobody is left out for want of a number.</param>
/// <param name="Certain">False where the seats do not say it.</param>
/// <param name="Why">In English, for the evidence.</param>
/// <param name="Chinese">The same in Chinese.</param>
sealed record VehicleMeeting(bool IsContact, bool Certain, string Why, string Chinese)
{
    /// <summary>Judges a passenger or a member of the crew against the index person (domain 2.2). Pure.</summary>
    public static VehicleMeeting Of(VehicleReach rule, Seat index, Seat other)
    {
        var (me, you) = (index.Normal(rule.Vehicle), other.Normal(rule.Vehicle));
        if (you.Crew)
            return Crew(rule, me, you);
        return rule.Reach switch
        {
            ContactReach.Everybody => new(true, true, "everybody in this vehicle counts", "该交通工具内全员判定"),
            ContactReach.Coach => InCoach(me, you),
            ContactReach.Compartment or ContactReach.Cabin => Together(me, you, 0, 0,
                rule.Reach == ContactReach.Cabin ? ("cabin", "舱室") : ("compartment", "包厢")),
            ContactReach.Rows => Together(me, you, rule.Before ?? 0, rule.After ?? 0, ("row", "排")),
            ContactReach.Bays => Together(me, you, rule.Before ?? 0, rule.After ?? 0, ("bay", "格")),
        };
    }

    static VehicleMeeting Crew(VehicleReach rule, Seat index, Seat crew) => rule.Crew switch
    {
        "all" => new(true, true, "crew of this vehicle", "该交通工具乘务人员"),
        "area" when index.Coach is null || crew.Coach is null =>
            new(true, false, "crew, and it is not known which area they served", "乘务人员，服务区域不明"),
        "area" => index.Coach == crew.Coach
            ? new(true, true, $"crew of coach or area {crew.Coach}", $"{crew.Coach}车（区域）乘务人员")
            : new(false, true, "crew of another area", "其他区域乘务人员"),
        _ => new(false, true, "the rule names no crew", "规则不含乘务人员"),
    };

    static VehicleMeeting InCoach(Seat index, Seat other) => (index.Coach, other.Coach) switch
    {
        (null, _) or (_, null) => new(true, false, "the same vehicle; a coach is not known", "同乘，车厢号不明"),
        var (mine, yours) when mine == yours => new(true, true, $"the same coach {mine}", $"同车厢（{mine}车）"),
        _ => new(false, true, "another coach", "不同车厢"),
    };

    static VehicleMeeting Together(Seat index, Seat other, int before, int after, (string En, string Zh) unit)
    {
        if (index.Coach is { } mine && other.Coach is { } yours && mine != yours)
            return new(false, true, "another coach", "不同车厢");
        if (index.Row is not { } row || other.Row is not { } theirs)
            return new(true, false, $"the same vehicle; a {unit.En} is not known", $"同乘，{unit.Zh}号不明");
        var apart = theirs - row;
        var certain = (index.Coach is null) == (other.Coach is null);
        var far = Math.Abs(apart).ToString(CultureInfo.InvariantCulture);
        return apart switch
        {
            0 => new(true, certain, $"the same {unit.En}", $"同{unit.Zh}"),
            < 0 when -apart <= before => new(true, certain, $"{far} {unit.En}(s) in front", $"前{far}{unit.Zh}"),
            > 0 when apart <= after => new(true, certain, $"{far} {unit.En}(s) behind", $"后{far}{unit.Zh}"),
            _ => new(false, true, $"{far} {unit.En}(s) away", $"相隔{far}{unit.Zh}"),
        };
    }
}
