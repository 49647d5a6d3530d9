using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Qipan.Consoles.Drawings;

/// <summary>Letters of a drawing: SVG's text element, which Razor takes for a sign of its own.</summary>
public sealed class DrawnText : ComponentBase
{
    /// <summary>The class.</summary>
    [Parameter]
    public string Kind { get; set; } = "";

    [Parameter]
    public double X { get; set; }

    [Parameter]
    public double Y { get; set; }

    [Parameter, EditorRequired]
    public string Says { get; set; } = "";

    /// <summary>True where X is the middle of the letters.</summary>
    [Parameter]
    public bool Middle { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Kind);
        builder.AddAttribute(2, "x", Timeline.N(X));
        builder.AddAttribute(3, "y", Timeline.N(Y));
        if (Middle)
            builder.AddAttribute(4, "text-anchor", "middle");
        builder.AddContent(5, Says);
        builder.CloseElement();
    }
}
