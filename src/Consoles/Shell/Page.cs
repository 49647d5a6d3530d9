using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Qipan.Http;
using Qipan.Kernel;

namespace Qipan.Consoles.Shell;

/// <summary>Answers with a page.</summary>
static class Page
{
    /// <summary>The page with its parameters: an anonymous object whose properties are named after them.</summary>
    public static IResult Of<TPage>(object? parameters = null, int status = StatusCodes.Status200OK)
        where TPage : IComponent => new RazorComponentResult<TPage>(parameters ?? new { }) { StatusCode = status };

    /// <summary>The page of a thing, or the refusal that stands in its place.</summary>
    public static IResult Of<TPage, T>(Outcome<T> outcome, Func<T, object> parameters)
        where TPage : IComponent => outcome.Match(value => Of<TPage>(parameters(value)), Refused);

    /// <summary>After a form was taken: go and look, so that loading the page again sends nothing twice.</summary>
    public static IResult See(string path) => new SeeOther(path);

    sealed class SeeOther(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }

    /// <summary>The refusal: to a form, its page with the form as it was sent (<see cref="RefusedForms"/>); else a page of its own.</summary>
    public static IResult Refused(Refusal refusal) => Refused<RefusalPage>(refusal, new { Refusal = refusal });

    /// <summary>The refusal of a form whose page cannot be drawn again from its address alone: the page is this one.</summary>
    public static IResult Refused<TPage>(Refusal refusal, object parameters)
        where TPage : IComponent => new RefusedPage(refusal, Of<TPage>(parameters, Answers.StatusOf(refusal.Kind)));

    sealed class RefusedPage(Refusal refusal, IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            RefusedForms.Refuse(httpContext, refusal);
            return page.ExecuteAsync(httpContext);
        }
    }
}
