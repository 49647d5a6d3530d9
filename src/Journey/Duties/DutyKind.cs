namespace Qipan.Duties;

/// <summary>What has to be done 应. The numbers reach disk: append only.</summary>
public enum DutyKind
{
    /// <summary>Be tested in a round 应检: basis the round, subject the person.</summary>
    TestInRound = 1,

    /// <summary>Report the result of a tube: subject the tube.</summary>
    ResultTube = 2,

    /// <summary>Receive a box that was handed over: subject the box.</summary>
    ReceiveBox = 3,

    /// <summary>Settle a discrepancy: subject the discrepancy.</summary>
    ResolveDiscrepancy = 4,

    /// <summary>Sample a person again, singly: basis the tube or the alert, subject the person.</summary>
    ResampleMember = 5,

    /// <summary>Acknowledge a pool alert: subject the alert.</summary>
    AcknowledgeAlert = 6,

    /// <summary>Hold a member of a positive pool where the person is now: basis the alert, subject the person.</summary>
    HoldMember = 7,

    /// <summary>Clear or confirm a member of a positive pool: basis the alert, subject the person.</summary>
    DecideMember = 8,

    /// <summary>Review a run of the laboratory: subject the run.</summary>
    ReviewRun = 9,

    /// <summary>Decide whether two persons are one: subject the one, basis the other.</summary>
    DecideDuplicate = 10,

    /// <summary>Report a case 报告: subject the case.</summary>
    ReportCase = 11,

    /// <summary>Review a reported case 审核, by another person: subject the case.</summary>
    ReviewCase = 12,

    /// <summary>The core of the investigation 核心流调: subject the case.</summary>
    InvestigateCore = 13,

    /// <summary>The whole investigation 全面流调: subject the case.</summary>
    InvestigateFull = 14,

    /// <summary>Accept or reject a proposed contact: basis the case, subject the contact.</summary>
    DecideContact = 15,

    /// <summary>Locate, notify and order a contact: basis the case, subject the contact.</summary>
    ControlContact = 16,

    /// <summary>A visit of the follow-up: basis the contact, subject the task.</summary>
    VisitContact = 17,

    /// <summary>A test of the follow-up: basis the contact, subject the task.</summary>
    TestContact = 18,

    /// <summary>Ask for the contacts of a case, so that no tail of a chain 链尾 stays open: subject the case.</summary>
    TraceContacts = 19,

    /// <summary>Find whom a case got it from 源头: subject the case.</summary>
    FindSource = 20,

    /// <summary>Accept or refuse a hand-over: subject the hand-over.</summary>
    AcceptHandover = 21,

    /// <summary>Settle what does not go together after two rows were joined 并档: basis and subject the merge.</summary>
    SettleMerge = 22,
}

/// <summary>What is known of each kind of duty.</summary>
/// <param name="Kind">The kind itself.</param>
/// <param name="Name">Stable, in snake_case; stands in addresses, ids and on the wire.</param>
/// <param name="Subject">The kind of its subject.</param>
/// <param name="English">In a list: "be tested in the round".</param>
/// <param name="Chinese">The same in Chinese.</param>
/// <param name="WithdrawnByHand">
/// True where a person may withdraw it. The others fall with their basis alone: a round, an alert, a tube, a box, a run.
/// </param>
public sealed record DutyKindFacts(DutyKind Kind, string Name, string Subject, string English, string Chinese, bool WithdrawnByHand = false);

/// <summary>All kinds of duties; a new kind does not pass the tests until it stands here.</summary>
public static class DutyKinds
{
    public static IReadOnlyList<DutyKindFacts> All { get; } =
    [
        new(DutyKind.TestInRound, "test_in_round", "person", "be tested in the round", "轮次检测"),
        new(DutyKind.ResultTube, "result_tube", "tube", "report the tube's result", "出具结果"),
        new(DutyKind.ReceiveBox, "receive_box", "box", "receive the box", "接收转运箱"),
        new(DutyKind.ResolveDiscrepancy, "resolve_discrepancy", "discrepancy", "settle the discrepancy", "处理差异", WithdrawnByHand: true),
        new(DutyKind.ResampleMember, "resample_member", "person", "sample the person again, singly", "单采复核"),
        new(DutyKind.AcknowledgeAlert, "acknowledge_alert", "alert", "acknowledge the alert", "签收预警"),
        new(DutyKind.HoldMember, "hold_member", "person", "hold the person in place", "先行管控"),
        new(DutyKind.DecideMember, "decide_member", "person", "clear or confirm the person", "排除或确认"),
        new(DutyKind.ReviewRun, "review_run", "run", "review the run", "审核批次"),
        new(DutyKind.DecideDuplicate, "decide_duplicate", "pair", "decide whether two persons are one", "查重判定", WithdrawnByHand: true),
        new(DutyKind.ReportCase, "report_case", "case", "report the case", "报告病例"),
        new(DutyKind.ReviewCase, "review_case", "case", "review the case", "审核病例"),
        new(DutyKind.InvestigateCore, "investigate_core", "case", "investigate the core", "核心流调"),
        new(DutyKind.InvestigateFull, "investigate_full", "case", "finish the investigation", "全面流调"),
        new(DutyKind.DecideContact, "decide_contact", "contact", "decide the proposed contact", "判定密接"),
        new(DutyKind.ControlContact, "control_contact", "contact", "bring the contact under control", "管控密接"),
        new(DutyKind.VisitContact, "visit_contact", "contact_task", "visit the contact", "随访密接"),
        new(DutyKind.TestContact, "test_contact", "contact_task", "test the contact", "检测密接"),
        new(DutyKind.TraceContacts, "trace_contacts", "case", "ask for the case's contacts", "追踪密接"),
        new(DutyKind.FindSource, "find_source", "case", "find the source", "查找源头"),
        new(DutyKind.AcceptHandover, "accept_handover", "handover", "accept the hand-over", "接收移交"),
        new(DutyKind.SettleMerge, "settle_merge", "merge", "settle what does not go together after a merge", "处理并档冲突"),
    ];

    static readonly Dictionary<DutyKind, DutyKindFacts> ByKind = All.ToDictionary(k => k.Kind);

    static readonly Dictionary<string, DutyKindFacts> ByName = All.ToDictionary(k => k.Name);

    /// <summary>Throws for a number that is no kind.</summary>
    public static DutyKindFacts Of(DutyKind kind) => ByKind[kind];

    /// <summary>Null for a name that is no kind.</summary>
    public static DutyKindFacts? Named(string name) => ByName.GetValueOrDefault(name);

    /// <summary>All names, for a sentence.</summary>
    internal static string Names { get; } = string.Join(", ", All.Select(k => k.Name));

    /// <summary>All numbers, for SQL that seeks through the primary key.</summary>
    internal static string Numbers { get; } = string.Join(", ", All.Select(k => (int)k.Kind));
}
