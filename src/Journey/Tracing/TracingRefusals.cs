using Qipan.Kernel;

namespace Qipan.Tracing;

/// <summary>The protocol rules neither a quarantine nor a follow-up.</summary>
sealed record NoPlanRule() : Refusal("no_plan_rule", RefusalKind.Conflict,
    "The protocol that holds here rules neither a quarantine nor a follow-up, so no plan can be made. Add one to the protocols.",
    "适用方案既无隔离规则也无随访规则，无法生成计划，请先补充方案。");

/// <summary>The protocol determines no such contacts.</summary>
sealed record KindNotDetermined() : Refusal("kind_not_determined", RefusalKind.Conflict,
    "The protocol that holds here does not determine contacts of this kind. Accept it as another kind or reject it.",
    "适用方案不判定此类接触者，请改判为其他类别或予以排除。");

sealed record ContactUnknown() : Refusal("contact_unknown", RefusalKind.NotFound, "There is no such contact.", "没有该接触者记录。");

sealed record CaseUnknownHere() : Refusal("case_unknown", RefusalKind.NotFound, "There is no such case.", "没有该病例。");

sealed record TaskUnknown() : Refusal("task_unknown", RefusalKind.NotFound, "There is no such task of a contact.", "没有该随访任务。");

sealed record TaskEnded() : Refusal("task_ended", RefusalKind.Conflict,
    "This task is done or withdrawn already. Open the contact to see by whom.", "该任务已完成或已撤销，请在接触者页面查看。");

sealed record NoContactsGiven() : FieldRefusal("contacts", "no_contacts_given", RefusalKind.Invalid,
    "Name at least one contact, and at most 20,000 at once.", "请至少选择一名接触者，一次最多20000名。");

sealed record ReasonNeeded() : FieldRefusal("reason", "reason_missing", RefusalKind.Invalid,
    "Say why: the reason is kept with the decision.", "请填写理由，理由将随决定保存。");

sealed record ExposureWrong() : FieldRefusal("first", "exposure_wrong", RefusalKind.Invalid,
    "The exposure ends before it begins, or lies in the future.", "暴露时间先后颠倒或在将来。");

sealed record StepWrong() : FieldRefusal("to", "step_wrong", RefusalKind.Invalid,
    "A contact is moved to located, notified, order_issued, under_quarantine, lost, deceased or refused here; a release has its own decision.",
    "此处只能登记：已找到、已告知、已下达、隔离观察中、失访、死亡、拒绝；解除须另作决定。");

/// <summary>The release is not due: what is missing stands in the checklist.</summary>
sealed record ReleaseNotReady(int Missing) : Refusal("release_not_ready", RefusalKind.Conflict,
    $"Not to be released yet: {Missing} line(s) of the checklist do not hold. See the contact's checklist.",
    $"尚不符合解除条件：核对单有{Missing}项未满足，请查看核对单。");

sealed record NothingActive() : Refusal("nothing_active", RefusalKind.Conflict,
    "This person is under no observation as a contact.", "该人员目前没有在管的接触者记录。");

sealed record PresenceMissing() : Refusal("presence_missing", RefusalKind.Conflict,
    "The presence store is not open in this process, so visits can neither be stored nor searched.", "本进程未打开到访库，无法写入或查询到访记录。");

sealed record VenueUnknown() : FieldRefusal("venue", "venue_unknown", RefusalKind.Invalid,
    "No registered venue has this id, number or name at this place. Register it first, or name its place.", "没有登记该场所，请先登记或补充所在地编码。");

sealed record VenueAmbiguous() : FieldRefusal("venue", "venue_ambiguous", RefusalKind.Invalid,
    "Several venues have this name. Name the place code or the venue's id.", "有多个同名场所，请写明地点编码或场所编号。");

sealed record VenueWrong() : FieldRefusal("name", "venue_wrong", RefusalKind.Invalid,
    "A venue needs a name of 1 to 200 characters and a place code of a county or finer.", "场所须有1至200字的名称和县级以下的地点编码。");

sealed record PersonNotFound() : FieldRefusal("person", "person_unknown", RefusalKind.Invalid,
    "No registered person has this document or id. Import the person first.", "没有登记该证件号或编号的人员，请先导入人员。");

sealed record VisitTimeWrong() : FieldRefusal("enter", "visit_time_wrong", RefusalKind.Invalid,
    "The time cannot be read. Write Unix seconds or 2022-03-24T15:00:00+08:00; without an offset local time is meant.",
    "时间无法识别，请写Unix秒或“2022-03-24 15:00:00”，未写时区按当地时间。");

sealed record AreaWrong() : FieldRefusal("area", "area_wrong", RefusalKind.Invalid,
    "A sub-area is a number from 0 to 65535, or is left out.", "分区应为0至65535的数字，或留空。");

sealed record RosterWrong() : FieldRefusal("roster", "roster_wrong", RefusalKind.Invalid,
    "A roster row needs a kind (class, ward, shift, tour, vehicle), a name and a begin and end in order.", "名册行须写明类型、名称及先后正确的起止时间。");

sealed record ProposalUnknown() : Refusal("plan_proposal_unknown", RefusalKind.NotFound, "There is no such plan proposal.", "没有该计划调整建议。");

sealed record HandoverUnknown() : Refusal("handover_unknown", RefusalKind.NotFound, "There is no such hand-over.", "没有该移交记录。");

sealed record HandoverUnderWay() : Refusal("handover_under_way", RefusalKind.Conflict,
    "This has been sent already and waits for an answer. Cancel that request first.", "已提出移交，正等待对方答复；如需改动请先撤回。");

sealed record HandoverEnded() : Refusal("handover_ended", RefusalKind.Conflict,
    "There is nothing to hand over any more: the observation or the case has ended, or another county has it.", "已无可移交内容：观察或病例已结束，或已由他县管辖。");

sealed record HandoverNotAway() : FieldRefusal("place", "handover_not_away", RefusalKind.Invalid,
    "This place lies in the county that has custody already. Name a place in another county.", "该地点就在现管辖县区内，请填写其他县区的地点编码。");

sealed record HandoverPlaceWrong() : FieldRefusal("place", "handover_place_wrong", RefusalKind.Invalid,
    "Name the place code of a county or finer; the receiver names one in its own county.", "请填写县级及以下地点编码；接收方须填写本县区内的地点。");

sealed record HandoverUnacknowledged() : FieldRefusal("acknowledged", "handover_unacknowledged", RefusalKind.Invalid,
    "Say that the data are used for the control of this disease alone and forgotten on your schedule; without it nothing is taken over.",
    "请确认数据仅用于本次疫情防控并按期销毁，否则不能接收。");

sealed record HandoverNumberMissing() : FieldRefusal("number", "handover_number_missing", RefusalKind.Invalid,
    "That county is outside this deployment: give the number under which it accepted.", "对方不在本系统内，请填写对方接收的文号。");

/// <summary>Somebody else moved it after the caller looked.</summary>
sealed record ContactChangedMeanwhile() : Refusal("contact_changed", RefusalKind.Conflict,
    "This contact was changed meanwhile. Look at how it stands now, and do it again if it still holds.", "该接触者记录已被他人更改，请查看最新情况后再操作。");
