using System.Collections.Generic;
using System.Text;

namespace ScopedTasks;

/// <summary>Shows the coroutines that an event loop runs.</summary>
public sealed class TaskTree
{
    internal TaskTree(IReadOnlyList<TaskNode> roots) => Roots = roots;

    /// <summary>The main one, and those that came from outside.</summary>
    public IReadOnlyList<TaskNode> Roots { get; }

    /// <summary>Tells all of them.</summary>
    /// <returns>One line each, indented by its depth.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        var open = new Stack<(TaskNode Node, int Depth)>();
        Push(Roots, 0);
        while (open.TryPop(out var next))
        {
            text.Append(' ', next.Depth * 2).Append(next.Node).Append('\n');
            Push(next.Node.Children, next.Depth + 1);
        }
        return text.ToString();

        void Push(IReadOnlyList<TaskNode> nodes, int depth)
        {
            for (var index = nodes.Count - 1; index >= 0; index--)
                open.Push((nodes[index], depth));
        }
    }
}
