using Qipan.Kernel;

namespace Qipan.Server.Failures;

sealed record NoSuchRoute() : Refusal("no_such_route", RefusalKind.NotFound,
    "There is nothing at this address. The addresses stand in /openapi/v1.json.", "该地址不存在，全部接口见 /openapi/v1.json。");

sealed record MethodNotAllowed() : Refusal("method_not_allowed", RefusalKind.Invalid,
    "This address does not take this method; the Allow header names those it takes.", "该地址不支持此请求方法，可用方法见 Allow 头。");

sealed record MediaTypeNotRead() : Refusal("media_type_not_read", RefusalKind.Invalid,
    "The body's Content-Type is not read here. Send application/json, or the type that the API description names.",
    "不支持该 Content-Type，请发送 application/json 或接口说明中的类型。");

sealed record BadRequest() : Refusal("bad_request", RefusalKind.Invalid,
    "The request cannot be read. Compare it with the API description.", "请求无法解析，请对照接口说明检查。");

sealed record BadBody(string Where) : Refusal("bad_body", RefusalKind.Invalid,
    $"The body is not the JSON that is expected here: look at {Where}.", $"请求体不是所要求的 JSON，请检查 {Where}。");

sealed record BadParameter(string Name) : Refusal("bad_parameter", RefusalKind.Invalid,
    $"The parameter {Name} is missing or not of its type.", $"参数 {Name} 缺失或类型不符。");

sealed record BodyTooLarge(int Megabytes) : Refusal("body_too_large", RefusalKind.TooLarge,
    $"The body is larger than {Megabytes} MB. Send it in parts.", $"请求体超过 {Megabytes} MB，请分批发送。");

sealed record FormExpired() : Refusal("form_expired", RefusalKind.Invalid,
    "This form was not sent from a page of this session. Open the page again and send it once more.", "该表单并非来自当前会话的页面，请重新打开页面后再提交。");

sealed record Broken() : Refusal("broken", RefusalKind.Conflict,
    "Something broke in the program. Nothing of this request was kept. Give the trace id to your administrator.",
    "程序内部出错，本次请求未保存任何内容。请将追踪编号告知管理员。");
