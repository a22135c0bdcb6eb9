"""`grove completion`: the script a shell reads to complete `grove`'s words."""

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Examples:
      grove completion bash > ~/.local/share/bash-completion/completions/grove
      grove completion zsh > ~/.zfunc/_grove
      grove completion fish > ~/.config/fish/completions/grove.fish
    """
    from adapters.cli import grove

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(grove, {}, "grove", "_GROVE_COMPLETE").source())
