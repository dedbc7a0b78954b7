export function leaveFullScreen() {
    if (document.fullscreenElement) {
        document.exitFullscreen();
    }
}

export function toggleFullScreen() {
    if (document.fullscreenElement) {
        leaveFullScreen();
    } else {
        document.documentElement.requestFullscreen?.();
    }
}
