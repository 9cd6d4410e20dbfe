using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Earmark.Portal.Layout;

/// <summary>
/// A component of a page that is rendered on the server alone: it reads what it needs and is then rendered, once.
/// <see cref="ComponentBase"/> would render a first time while reading is still under way, when nothing is there yet to show;
/// that serves a screen that is drawn again later, which a static page never is.
/// </summary>
public abstract class StaticPart : IComponent, IHandleEvent
{
    private readonly RenderFragment content;
    private RenderHandle handle;
    private bool initialized;

    protected StaticPart() => content = BuildRenderTree;

    /// <summary>Written by the Razor compiler.</summary>
    protected virtual void BuildRenderTree(RenderTreeBuilder builder)
    {
    }

    /// <summary>Parameters are set; nothing has been rendered.</summary>
    protected virtual void OnInitialized()
    {
    }

    /// <summary>Reads what the markup shows; the markup waits for it.</summary>
    protected virtual Task OnInitializedAsync() => Task.CompletedTask;

    protected virtual void OnParametersSet()
    {
    }

    public void Attach(RenderHandle renderHandle) => handle = renderHandle;

    public async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (!initialized)
        {
            initialized = true;
            OnInitialized();
            await OnInitializedAsync();
        }

        OnParametersSet();
        handle.Render(content);
    }

    /// <summary>A form was posted: its handler runs, then what came of it is shown.</summary>
    async Task IHandleEvent.HandleEventAsync(EventCallbackWorkItem item, object? arg)
    {
        await item.InvokeAsync(arg);
        handle.Render(content);
    }
}
