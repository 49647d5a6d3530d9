using Qipan.Cases;
using Xunit;

namespace Qipan.Unit.Cases.Reading;

/// <summary>The published Chinese style, with invented people and places.</summary>
public sealed class ItineraryReaderTests
{
    [Fact]
    public void Times_places_and_what_was_done_are_read_and_the_day_is_carried_forward()
    {
        const string Text = "3月24日 15:00 到达云州南高速口，由工作人员点对点管控（持有效核酸阴性证明）；16:57 到北环加油站加油，加油后到福源超市购买食品；21:30—22:11 在松岭服务区休息，曾到服务区室内活动，未戴口罩。";
        var stays = Texts.Stays(Text);
        Assert.Equal(
            ["03-24 15:00 云州南高速口", "03-24 16:57 北环加油站", "03-24 then 福源超市", "03-24 21:30-22:11 松岭服务区"],
            stays.Select(s => $"{s.Time.Short()} {s.Place}"));
        Assert.Equal([null, "加油", "购买食品", "休息、室内活动"], stays.Select(s => s.Activity == "核酸阴性证明" ? null : s.Activity));
        Assert.Equal(Protection.NoMask, stays[3].Protection);
        Assert.Equal(new DateOnly(2022, 3, 24), stays[0].Time.Day);
        Assert.StartsWith("16:57 到北环加油站加油", stays[1].Words.In(Text));
        Assert.Equal("松岭服务区", stays[3].PlaceWords!.Value.In(Text));
        // What follows another stay lies between it and the next.
        Assert.Equal((new DateTime(2022, 3, 24, 16, 57, 0), new DateTime(2022, 3, 24, 21, 30, 0)),
            (stays[2].Time.Span!.Value.From, stays[2].Time.Span!.Value.To));
    }

    [Theory]
    [InlineData("1月29日至2月11日，在云州市医院陪护", "01-29..02-11")]
    [InlineData("2月12日—2月17日，未曾外出", "02-12..02-17")]
    [InlineData("1月25日-27日，在家", "01-25..01-27")]
    [InlineData("2月3日至7日，在家", "02-03..02-07")]
    [InlineData("2月13日，15时38分，到第一市场购物", "02-13 15:38")]
    [InlineData("2月13日 3 时20分到第一市场购物", "02-13 03:20")]
    [InlineData("２月１３日，下午１５时，到第一市场购物", "02-13 15:00 Afternoon")]
    [InlineData("2月13日下午3时到第一市场购物", "02-13 15:00 Afternoon")]
    [InlineData("2月13日下午3时至5时到第一市场购物", "02-13 15:00-17:00 Afternoon")]
    [InlineData("2月13日上午10点多到第一市场购物", "02-13 10:00 Forenoon ~")]
    [InlineData("2月13日11时左右到第一市场购物", "02-13 11:00 ~")]
    [InlineData("2月13日约11时半到第一市场购物", "02-13 11:30 ~")]
    [InlineData("2月13日晚18点到第一市场购物", "02-13 18:00 Evening")]
    [InlineData("2月13日晚8时到第一市场购物", "02-13 20:00 Evening")]
    [InlineData("2月13日晚，到第一市场购物", "02-13 Evening")]
    [InlineData("2月13日中午，到第一市场购物", "02-13 Noon")]
    [InlineData("2月13日24时到第一市场购物", "02-14 00:00")]
    [InlineData("2月13日22时至次日6时在第一市场值班", "02-13..02-14 22:00-06:00")]
    [InlineData("1月31日7时30分至2月1日17时38分，在第一市场工作", "01-31..02-01 07:30-17:38")]
    [InlineData("2022-02-13 21:30-22:11 在第一市场休息", "02-13 21:30-22:11")]
    [InlineData("2月13日21:30到第一市场休息至22:11", "02-13 21:30-22:11")]
    [InlineData("2月13日9:00到第一市场购物，停留约20分钟", "02-13 09:00-09:20 ~")]
    [InlineData("2月13日9:00到第一市场购物，10时离开", "02-13 09:00-10:00")]
    public void Times_are_read_as_they_are_written(string text, string time) =>
        Assert.Equal(time, Assert.Single(Texts.Stays(text)).Time.Short());

    [Fact]
    public void Times_within_a_range_of_days_hold_on_each_of_them()
    {
        var stays = Texts.Stays("3月8日至3月10日，每天7:30—16:00在第一学校上课。");
        Assert.Equal(["03-08 07:30-16:00", "03-09 07:30-16:00", "03-10 07:30-16:00"], stays.Select(s => s.Time.Short()));
        Assert.All(stays, s => Assert.Equal("第一学校", s.Place));
    }

    [Fact]
    public void A_day_on_a_line_of_its_own_holds_for_the_lines_after_it()
    {
        var read = Texts.Read("3月20日\n08:10 从家出发，步行至早市买早点\n12:00左右 在老李面馆与3名同事吃午饭\n3月21日\n全天居家");
        Assert.Equal(["03-20 08:10 早市", "03-20 12:00 ~ 老李面馆", "03-21 WholeDay "], Assert.Single(read.Persons)
            .Stays.Select(s => $"{s.Time.Short()} {s.Place}"));
        Assert.Empty(read.Problems.Where(p => p.Code == "place_missing"));
    }

    [Theory]
    [InlineData("3月1日到表弟家聚餐", PlaceKind.OtherHome)]
    [InlineData("3月1日到老王家做客", PlaceKind.OtherHome)]
    [InlineData("3月1日返回云州市家中", PlaceKind.Home)]
    [InlineData("3月1日到江北区购物", PlaceKind.Named, "江北区")]
    [InlineData("3月1日到松岭服务区东区购物", PlaceKind.Named, "松岭服务区")]
    [InlineData("3月1日在云州市政务大厅办理业务", PlaceKind.Named, "云州市政务大厅")]
    [InlineData("3月1日在恒达公司上班", PlaceKind.Named)]
    [InlineData("3月1日在单位上班", PlaceKind.Work)]
    [InlineData("3月1日被集中隔离", PlaceKind.Quarantine)]
    public void Whose_home_it_is_and_what_work_is_are_told_apart(string text, PlaceKind kind, string? place = null)
    {
        var stay = Assert.Single(Texts.Stays(text));
        Assert.Equal(kind, stay.PlaceKind);
        Assert.True(place is null || stay.Place == place, stay.Place);
    }

    [Fact]
    public void The_next_day_and_the_same_evening_are_told_by_the_day_before()
    {
        var stays = Texts.Stays("3月31日中午到第一市场购物；当晚在单位值班；次日0时40分转运至云州市定点医院；当天下午回家。");
        Assert.Equal(["03-31 Noon", "03-31 Evening", "04-01 00:40", "04-01 Afternoon"], stays.Select(s => s.Time.Short()));
        Assert.Equal([PlaceKind.Named, PlaceKind.Work, PlaceKind.Named, PlaceKind.Home], stays.Select(s => s.PlaceKind));
    }

    [Fact]
    public void Rides_have_number_coach_seat_and_route_and_go_before_the_place_they_lead_to()
    {
        var stays = Texts.Stays("3月1日，与妻子乘坐G8099次东山至西江列车（车座05车001D）；3月2日8时20分，乘坐18路转58路公交车回家；3月3日打出租车到第一市场购物，后其女婿驾车（车牌号：吉A*****）将其送至云州南站；3月4日由120急救车送往云州市医院。");
        Assert.Equal(("G8099", "5", "1D", "东山至西江"), stays[0].Rides.Select(r =>
            (r.Number, r.Coach, r.Seats[0].Row + r.Seats[0].Letter, r.Route)).Single());
        Assert.Equal(PersonRelation.Spouse, Assert.Single(stays[0].With).Relation);
        Assert.Equal(["18路", "58路"], stays[1].Rides.Select(r => r.Number));
        Assert.Equal(TransportKind.Taxi, Assert.Single(stays[2].Rides).Transport);
        Assert.Equal((TransportKind.PrivateCar, "吉A*****", "云州南站"),
            (stays[3].Rides[0].Transport, stays[3].Rides[0].Number, stays[3].Place));
        Assert.Equal((TransportKind.Ambulance, "云州市医院"), (stays[4].Rides[0].Transport, stays[4].Place));
    }

    [Fact]
    public void Others_who_come_home_are_visitors_and_others_elsewhere_are_a_remark()
    {
        const string Text = "赵某某，男，45岁，住址为云州市平安镇。3月1日晚，李某某、胡某某到赵某某家中消毒，赵某某在家未外出。3月2日，赵某某和次女赵某到云州市医院进行检查。3月3日该车辆直接返回青河市。";
        var person = Assert.Single(Texts.Read(Text).Persons);
        Assert.Equal([PlaceKind.Home, PlaceKind.Named], person.Stays.Select(s => s.PlaceKind));
        Assert.Equal(["李某某", "胡某某"], person.Stays[0].With.Select(w => w.Words.In(Text)));
        Assert.Equal(PersonRelation.Child, Assert.Single(person.Stays[1].With).Relation);
        Assert.Contains(person.Remarks, r => r.Kind == RemarkKind.Others);
        Assert.Contains(person.Remarks, r => r is { Kind: RemarkKind.Residence, Place: "云州市平安镇" });
    }

    [Fact]
    public void Several_places_are_several_stays_and_an_area_is_part_of_its_place()
    {
        var stays = Texts.Stays("3月1日到福源生鲜、新天地超市和百花商场购物；3月2日在东湖饭店大厅内就餐；3月3日到云州市医院神经内科3病室陪护");
        Assert.Equal(["福源生鲜", "新天地超市", "百花商场", "东湖饭店", "云州市医院"],
            stays.Select(s => s.Place is { } p && p.StartsWith("东湖", StringComparison.Ordinal) ? "东湖饭店" : s.Place));
        Assert.Equal([null, null, null, "大厅内", "神经内科3病室"], stays.Select(s => s.SubArea));
    }

    [Fact]
    public void A_name_that_begins_with_a_rule_word_is_found_by_its_other_mentions()
    {
        var read = Texts.Read("钱某某，女，42岁，住址为云州市达山小区。3月1日到达山小区内理发店理发。3月2日到达云州市医院就诊。");
        Assert.Equal(["达山小区内理发店", "云州市医院"], read.Persons[0].Stays.Select(s => s.Place));
    }

    [Fact]
    public void Titles_and_calls_to_the_public_are_no_stays()
    {
        var read = Texts.Read("关于1例阳性感染者行程轨迹的通告\n3月24日 15:00 到第一市场购物。\n请3月24日以来到过第一市场的市民，立即向属地社区报告。\n联系电话：0436-0000000");
        Assert.Single(Assert.Single(read.Persons).Stays);
        Assert.Contains(read.Remarks, r => r.Kind == RemarkKind.Title);
        Assert.Contains(read.Remarks, r => r.Kind == RemarkKind.Notice);
        Assert.Empty(read.Unread);
    }
}
